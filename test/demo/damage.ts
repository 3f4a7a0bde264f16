import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canaryPrefix } from '../../demo/canaries.ts';

/** A file of an export as somebody broke it. */
export interface Damage {
  readonly account: string;
  readonly path: string;
  /** Resources that cannot be read any more, by their names in coverage. */
  readonly resources: readonly string[];
  broken(text: string): string;
}

type Members = Record<string, unknown>;

/** The text with its first function, version or image changed. */
const withFirst = (list: string, change: (item: Members) => Members) => (text: string) => {
  const all = JSON.parse(text);
  all[list][0] = change(all[list][0]);
  return JSON.stringify(all);
};

/** Behind the first canary, so that the cut leaves a value before it. */
const cutInHalf = (text: string): string => text.slice(0, Math.max(text.length / 2, text.indexOf(canaryPrefix) + 20));

const secret = `${canaryPrefix}of-a-broken-file`;
const variables = { Environment: { Variables: { NAME: secret } } };
const functions = ['functions'];

export const damages: Readonly<Record<string, Damage>> = {
  'cut in half': {
    account: 'storefront-production',
    path: 'eu-west-1/functions.json',
    resources: functions,
    broken: cutInHalf,
  },
  'an ARN that is no text': {
    account: 'payments-production',
    path: 'eu-central-1/functions.json',
    resources: functions,
    broken: withFirst('Functions', (item) => ({ ...item, ...variables, FunctionArn: { secret } })),
  },
  'values where names belong': {
    account: 'fulfilment-production',
    path: 'us-east-1/functions.json',
    resources: functions,
    broken: withFirst('Functions', (item) => ({ ...item, Environment: { Variables: [secret] }, Role: [secret] })),
  },
  'a number that is a value': {
    account: 'data-staging',
    path: 'eu-west-1/functions.json',
    resources: functions,
    broken: withFirst('Functions', (item) => ({ ...item, ...variables, Timeout: secret, LastModified: secret })),
  },
  'a page of several': {
    account: 'storefront-staging',
    path: 'eu-west-1/functions.json',
    resources: functions,
    broken: (text) => JSON.stringify({ ...JSON.parse(text), NextToken: secret }),
  },
  'another list than expected': {
    account: 'payments-staging',
    path: 'authorization-details.json',
    resources: ['roles', 'users', 'groups', 'policies'],
    broken: () => JSON.stringify({ Functions: [variables], RoleDetailList: secret, Policies: [variables] }),
  },
  'an image without an ARN': {
    account: 'data-production',
    path: 'us-east-1/microvms.json',
    resources: ['microvms'],
    broken: withFirst('images', ({ imageArn: _, ...item }) => ({
      ...item,
      environmentVariables: [secret],
      name: secret,
    })),
  },
  'versions cut in half': {
    account: 'data-production',
    path: 'eu-west-1/versions/edge-cross-account-api.json',
    resources: ['function_versions'],
    broken: () => cutInHalf(JSON.stringify({ Versions: [{ FunctionName: 'edge', ...variables }] })),
  },
  'a policy that is something else': {
    account: 'data-production',
    path: 'eu-west-1/policies/edge-open-webhook.json',
    resources: ['function_policies'],
    broken: () => JSON.stringify({ ...variables, Policy: 7 }),
  },
};

/** Breaks the file in the export folder. */
export function inflict(folder: string, accountId: string, { path, broken }: Damage): void {
  const file = join(folder, accountId, path);
  writeFileSync(file, broken(readFileSync(file, 'utf8')));
}
