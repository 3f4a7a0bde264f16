import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { collectAccount } from '../../collectors/account.ts';
import { exportFolder } from '../../collectors/export_folder.ts';
import type { AccountRow, CoverageRow, Region } from '../../collectors/source.ts';

export const accountId = '111122223333';
export const region = 'eu-west-1';

/** Files by path: text and bytes as they are, anything else as JSON. */
export type Files = Readonly<Record<string, unknown>>;

/** Writes an export folder that is gone when the test is. */
export function written(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'rolecall-export-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  }
  return root;
}

export const roleArn = (name: string, id = accountId): string => `arn:aws:iam::${id}:role/${name}`;
export const functionArn = (name: string, of = region): string => `arn:aws:lambda:${of}:${accountId}:function:${name}`;

export const lambda = (name: string, more: object = {}): object => ({
  FunctionName: name,
  FunctionArn: functionArn(name),
  Role: roleArn('worker'),
  Version: '$LATEST',
  ...more,
});

export const version = (number: string, more: object = {}): object =>
  lambda('one', { FunctionArn: `${functionArn('one')}:${number}`, Version: number, ...more });

/** What the AWS CLI prints when an operation is refused. */
export const denied = (operation: string): string =>
  `An error occurred (AccessDeniedException) when calling the ${operation} operation: not authorized`;

export const role = (name: string, more: object = {}): object => ({
  Path: '/',
  RoleName: name,
  RoleId: `AROA${name}`,
  Arn: roleArn(name),
  ...more,
});

export const details = (more: object = {}): object => ({
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [],
  ...more,
});

/** One account in one region, everything there and empty; paths below the account. */
const emptyAccount: Files = {
  'authorization-details.json': details(),
  'service-last-accessed/none.json': { JobStatus: 'COMPLETED', JobCompletionDate: '2026-01-05T00:00:00Z' },
  [`${region}/functions.json`]: { Functions: [] },
  [`${region}/event-source-mappings.json`]: { EventSourceMappings: [] },
  [`${region}/tags.json`]: { ResourceTagMappingList: [] },
  [`${region}/microvms.json`]: { images: [], microvms: [] },
  [`${region}/capacity-providers.json`]: { CapacityProviders: [] },
  [`${region}/code-signing-configs.json`]: { CodeSigningConfigs: [] },
};

/** The empty account with some files changed; undefined takes one away. */
export function account(changed: Files = {}): string {
  const files = Object.entries({ ...emptyAccount, ...changed }).filter(([, content]) => content !== undefined);
  return written(Object.fromEntries(files.map(([path, content]) => [`${accountId}/${path}`, content])));
}

export const accountRow = (state: string | null = null): AccountRow => ({
  account_id: accountId,
  name: null,
  state,
  ou_id: null,
  ou_path: null,
  is_management: null,
  team: null,
  tags: '{}',
  organization_id: null,
  organization_path: null,
});

export const never = new AbortController().signal;

/** Collects the one account of a folder. */
export const collected = (root: string, regions: readonly Region[] = [region], row = accountRow()) =>
  collectAccount(exportFolder(root), row, regions, never);

/** Names in coverage of what is asked of an account, and of each region of it. */
export const global = ['roles', 'users', 'groups', 'policies', 'service_last_accessed'].map((name) => `global ${name}`);
export const perFunction = ['function_policies', 'function_urls', 'function_versions'];
export const regional = [
  'functions',
  ...perFunction,
  'event_source_mappings',
  'function_tags',
  'microvms',
  'capacity_providers',
  'code_signing_configs',
];

/** Coverage in short: `region resource` → row. */
export const byResource = (coverage: readonly CoverageRow[]): ReadonlyMap<string, CoverageRow> =>
  new Map(coverage.map((row) => [`${row.region} ${row.resource}`, row]));
