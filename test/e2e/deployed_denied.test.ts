import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type HandlerName, handlerNames } from '../../infra/handler_names.ts';
import { readParquet } from '../../lake/parquet.ts';
import { runFolder } from '../../lake/unused_files.ts';
import { coverage } from '../../tables/coverage.ts';
import { type Deployed, deploy } from './deployed.ts';
import { deployedLake } from './deployed_lake.ts';
import { actionsOf, answerWithout, called } from './deployed_permissions.ts';
import type { Emulator } from './emulators.ts';
import { startMinistack } from './ministack.ts';

const date = '2026-01-05';

/** Why nothing is heard when these are missing, by function (any, unless one is named) and action. All others are named. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/ logs:/, 'the emulator writes the log itself'],
  [/ athena:/, 'the façade in front of Trino checks nothing'],
  [
    / glue:Get(Database|Tables?|Partition)$| s3:(GetBucketLocation|.*Multipart.*)$/,
    'Athena does these as its caller; Trino has keys of its own',
  ],
  [/ account:ListRegions$/, 'the configuration names the regions'],
  [/ sts:SetSourceIdentity$/, 'the emulator takes a source identity from anybody'],
  [
    /^(plan|collect|failed) s3:ListBucket$/,
    'on AWS an object that is not there reads as refused without it; the emulator says that it is not there',
  ],
  [/^(plan|stage|derive) s3:DeleteObject$/, 'only what ends a run gives the lock back'],
  [/^plan glue:(Batch(Create|Update)Partition|DeletePartition|UpdateTable)$/, 'no publisher has died'],
  [/^derive glue:DeletePartition$/, 'no date has gone'],
  [/ s3:PutObjectTagging$/, 'nothing is superseded in a lake of one run'],
];

let emulator: Emulator;
let deployed: Deployed;
let account: object;
let runs = 0;

const executionOf = (run_id: string) => ({
  execution: { Name: run_id, StartTime: `${date}T05:00:00Z`, Input: { date, run_id } },
});
const stateOf = (run_id: string) => ({ run_id, date, plan_key: '' });

/** Nobody is at work any more, whatever the function before left. */
async function freeLake(): Promise<void> {
  await deployed.s3.send(new DeleteObjectCommand({ Bucket: deployed.names.lake.name, Key: 'lock.json' }));
}

/** A run that has a plan and the lock. */
async function heldRun(): Promise<string> {
  await freeLake();
  runs += 1;
  const run = `run-${runs}`;
  await called(deployed, 'plan', executionOf(run));
  return run;
}

/** A run that has a plan; the lock is free. */
async function plannedRun(): Promise<string> {
  const run = await heldRun();
  await freeLake();
  return run;
}

async function collectedRun(): Promise<string> {
  const run = await plannedRun();
  await called(deployed, 'collect', { ...stateOf(run), account });
  return run;
}

/** Derived tables are taken as empty: no query is asked. */
async function derivedRun(): Promise<string> {
  const run = await collectedRun();
  const { steps } = (await called(deployed, 'stage', stateOf(run))) as { steps: { date: string; table: string }[] };
  const { lake } = deployedLake(deployed);
  for (const { date, table } of steps) await lake.write(`${runFolder(run)}/derived/${date}.${table}.json`, '[]');
  return run;
}

const stepOf = (run: string) => ({ ...stateOf(run), step: { date, table: 'drift' } });

const events: Readonly<Record<HandlerName, (action: string) => Promise<object>>> = {
  async plan() {
    await freeLake();
    runs += 1;
    return executionOf(`run-${runs}`);
  },
  collect: async () => ({ ...stateOf(await plannedRun()), account }),
  stage: async () => stateOf(await collectedRun()),
  async derive(action) {
    // Partitions that a run before has shown are changed, where otherwise they are made.
    if (action === 'glue:BatchUpdatePartition') await called(deployed, 'derive', stepOf(await derivedRun()));
    return stepOf(await derivedRun());
  },
  publish: async () => stateOf(await derivedRun()),
  failed: async () => ({ ...executionOf(await heldRun()), error: { Error: 'E', Cause: 'C' } }),
};

/** What a run knows of the organization it could not list, and of an account it could not read. */
const told: Partial<Record<HandlerName, (event: object) => Promise<string>>> = {
  async plan(event) {
    const { execution } = event as ReturnType<typeof executionOf>;
    return textOf(`${runFolder(execution.Input.run_id)}/plan.json`);
  },
  async collect(event) {
    const { run_id } = event as ReturnType<typeof stateOf>;
    const messages: unknown[] = [];
    for await (const { key } of deployedLake(deployed).lake.list(
      `${runFolder(run_id)}/snapshot_date=${date}/coverage/`,
    )) {
      const rows = await readParquet(coverage, (await deployedLake(deployed).lake.get(key))!);
      messages.push(...rows.map(({ message }) => message));
    }
    return messages.join('\n');
  },
};

const textOf = async (key: string): Promise<string> =>
  Buffer.from((await deployedLake(deployed).lake.get(key)) ?? '').toString();

beforeAll(async () => {
  emulator = await startMinistack();
  deployed = await deploy(emulator.endpoint, inject('trino'));
  account = { account_id: deployed.organization.accounts.lab };
}, 300_000);

afterAll(async () => {
  await deployed?.stop();
  await emulator?.stop();
});

const hasReason = (name: HandlerName, action: string): boolean =>
  reasons.some(([which]) => which.test(`${name} ${action}`));

describe('A3: a function without one of the actions of its role', () => {
  it.each(handlerNames)(
    '%s names the action, in its error or in what the run tells of what it could not read',
    async (name) => {
      const call = { event: events[name], told: told[name] ?? (async () => '') };
      const unheard: string[] = [];
      for (const action of await actionsOf(deployed, name)) {
        if (hasReason(name, action)) continue;
        if (!(await answerWithout(deployed, name, action, call)).includes(action)) unheard.push(action);
      }
      expect(unheard).toEqual([]);
    },
  );
});
