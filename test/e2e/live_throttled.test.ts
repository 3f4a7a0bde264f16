import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectThrough, type LoopbackAws, loopbackAws, Refusal } from '../collectors/live/loopback_aws.ts';
import { oneAccountAnswers } from '../collectors/live/one_account.ts';

const throttled = 'lambda:ListEventSourceMappings';
const patience = 8;
let aws: LoopbackAws;

beforeAll(async () => {
  aws = await loopbackAws((asked) =>
    asked.action === throttled
      ? new Refusal(429, 'TooManyRequestsException', 'Rate Exceeded.')
      : oneAccountAnswers(asked),
  );
});

afterAll(() => aws.stop());

describe('A4 a listing that AWS throttles for as long as it is asked', () => {
  test('is throttled in coverage once patience ends; all else is read', async () => {
    const { coverage, functions, eventSources } = await collectThrough(aws);

    const gaps = coverage.filter(({ status }) => status !== 'ok' && status !== 'not_provided');
    expect(gaps).toMatchObject([
      {
        resource: 'event_source_mappings',
        status: 'throttled',
        error_code: 'TooManyRequestsException',
        message: expect.stringContaining(`${throttled} in eu-west-1 was throttled beyond patience`),
        rows: 0,
        api_calls: patience,
      },
    ]);
    expect(aws.came.get(throttled)).toBe(patience);
    expect([functions.length > 0, eventSources]).toEqual([true, []]);
  });
});
