import { describe, expect, it } from 'vitest';
import { kept } from '../../../collectors/live/credentials.ts';

const minutes = (count: number): number => count * 60_000;

function issuer(lifetimeMs: number, clock: { now: number }) {
  const issued: string[] = [];
  const ask = async () => {
    const accessKeyId = `AKIDEXAMPLE${issued.length}`;
    issued.push(accessKeyId);
    return { accessKeyId, secretAccessKey: 'not-a-secret', expiration: new Date(clock.now + lifetimeMs) };
  };
  return { issued, ask };
}

describe('A2 credentials of the collector role', () => {
  it('are asked for once by callers who come at the same time', async () => {
    const clock = { now: 0 };
    const { issued, ask } = issuer(minutes(60), clock);
    const credentials = kept(ask, () => clock.now);

    await Promise.all([credentials(), credentials(), credentials()]);

    expect(issued).toEqual(['AKIDEXAMPLE0']);
  });

  it.each([
    { afterMinutes: 54, expected: 'AKIDEXAMPLE0' },
    { afterMinutes: 55, expected: 'AKIDEXAMPLE1' },
    { afterMinutes: 61, expected: 'AKIDEXAMPLE1' },
  ])('of one hour, used after $afterMinutes minutes, are $expected', async ({ afterMinutes, expected }) => {
    const clock = { now: 0 };
    const credentials = kept(issuer(minutes(60), clock).ask, () => clock.now);
    await credentials();

    clock.now = minutes(afterMinutes);

    expect((await credentials()).accessKeyId).toBe(expected);
  });

  it('are asked for again after a refusal', async () => {
    let refusals = 1;
    const credentials = kept(async () => {
      if (refusals-- > 0) throw new Error('refused');
      return { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' };
    });

    await expect(credentials()).rejects.toThrow('refused');

    expect((await credentials()).accessKeyId).toBe('AKIDEXAMPLE');
  });
});
