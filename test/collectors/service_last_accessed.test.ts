import { describe, expect, it } from 'vitest';
import { account, byResource, collected } from './folder.ts';

const report = (more: object = {}) => ({
  JobStatus: 'COMPLETED',
  JobType: 'ACTION_LEVEL',
  JobCreationDate: '2026-01-05T09:59:58+00:00',
  JobCompletionDate: '2026-01-05T10:00:00+00:00',
  IsTruncated: false,
  ServicesLastAccessed: [
    {
      ServiceName: 'Amazon S3',
      ServiceNamespace: 's3',
      LastAuthenticated: '2025-12-24T18:00:00+00:00',
      LastAuthenticatedEntity: 'arn:aws:iam::111122223333:role/worker',
      TotalAuthenticatedEntities: 1,
      TrackedActionsLastAccessed: [
        { ActionName: 'CreateBucket', LastAccessedTime: '2025-06-01T00:00:00+00:00', LastAccessedRegion: 'eu-west-1' },
        { ActionName: 'DeleteBucket' },
      ],
    },
    { ServiceName: 'Amazon SQS', ServiceNamespace: 'SQS', TotalAuthenticatedEntities: 0 },
  ],
  ...more,
});
const folder = (files: Readonly<Record<string, unknown>>) =>
  account(Object.fromEntries(Object.entries(files).map(([name, file]) => [`service-last-accessed/${name}`, file])));
const coverageOf = async (root: string) => {
  const { coverage, usages } = await collected(root);
  return { ...byResource(coverage).get('global service_last_accessed'), names: usages.map((one) => one.role_name) };
};

describe('B7, A7: reports of service last accessed, as the CLI prints them', () => {
  it('tell when a role last tried each service, and the actions that are tracked', async () => {
    const { usages } = await collected(folder({ 'worker.json': report() }));
    expect(usages.find(({ role_name }) => role_name === 'worker')).toEqual({
      role_name: 'worker',
      reported_at: new Date('2026-01-05T10:00:00Z'),
      services: [
        {
          service: 's3',
          last_attempted_at: new Date('2025-12-24T18:00:00Z'),
          actions: [
            { action: 'CreateBucket', last_attempted_at: new Date('2025-06-01T00:00:00Z') },
            { action: 'DeleteBucket', last_attempted_at: null },
          ],
        },
        { service: 'sqs', last_attempted_at: null, actions: [] },
      ],
    });
  });

  it.each([
    ['still being made', report({ JobStatus: 'IN_PROGRESS', JobCompletionDate: undefined }), 'no finished report'],
    ['failed', report({ JobStatus: 'FAILED' }), 'no finished report'],
    ['a page of several', report({ IsTruncated: true, Marker: 'm' }), 'cut off'],
    ['cut in half', JSON.stringify(report()).slice(0, 300), 'cut off or damaged'],
    ['something else', { Roles: [] }, 'unexpected shape'],
  ])('one that is %s is a gap that coverage tells (A4); the others count', async (_name, broken, says) => {
    expect(await coverageOf(folder({ 'a.json': broken, 'b.json': report() }))).toMatchObject({
      status: 'error',
      message: expect.stringContaining(says),
      names: ['b', 'none'],
    });
  });

  it('without any, nobody knows what is used (A4)', async () => {
    expect(await coverageOf(account({ 'service-last-accessed/none.json': undefined }))).toMatchObject({
      status: 'not_provided',
      message: '111122223333/service-last-accessed/ was not provided',
      names: [],
    });
  });
});
