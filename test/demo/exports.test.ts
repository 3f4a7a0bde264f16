import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canaryPrefix } from '../../demo/canaries.ts';
import { writeExports } from '../../demo/exports.ts';
import { accountNamed } from '../../demo/find.ts';
import { organization } from '../../demo/organization.ts';
import { filesBelow } from './written.ts';

const root = mkdtempSync(join(tmpdir(), 'rolecall-demo-'));
let written: Awaited<ReturnType<typeof writeExports>>;
let files: ReadonlyMap<string, string>;

beforeAll(async () => {
  written = await writeExports(join(root, 'first'));
  files = filesBelow(join(root, 'first'));
}, 60_000);
afterAll(() => rmSync(root, { recursive: true }), 60_000);

const standing = organization();
const idOf = (name: string): string => accountNamed(standing, name).id;
const json = (path: string) => JSON.parse(files.get(path)!);

describe('the demo organization', () => {
  const count = (of: (account: (typeof standing.accounts)[number]) => number) =>
    standing.accounts.reduce((sum, account) => sum + of(account), 0);

  it('has 12 accounts in 3 organizational units, about 400 functions and 500 roles', () => {
    expect(standing.accounts).toHaveLength(12);
    expect(standing.units).toHaveLength(3);
    expect(Math.abs(count((account) => account.functions.length) - 400)).toBeLessThan(25);
    expect(Math.abs(count((account) => account.roles.length) - 500)).toBeLessThan(25);
  });

  it('names every role, policy and function once per account and region', () => {
    const arns = standing.accounts.flatMap((account) =>
      [account.roles, account.users, account.groups, account.policies, account.functions].flat().map(({ arn }) => arn),
    );
    expect(new Set(arns).size).toBe(arns.length);
  });

  it('runs every function as a role that exists', () => {
    const roles = new Set(standing.accounts.flatMap((account) => account.roles.map(({ arn }) => arn)));
    const used = standing.accounts.flatMap((account) => account.functions.map(({ role }) => role));
    expect(used.filter((arn) => !roles.has(arn))).toEqual([]);
  });
});

describe('the exports of six weeks (A7)', () => {
  const region = '(ap-southeast-2|eu-central-1|eu-west-1|us-east-1)';
  const layout = [
    /^organization\.json$/,
    /^organization\/roots\.json$/,
    /^organization\/(ous|children|policies|targets|tags)\/[\w-]+\.json$/,
    /^\d{12}\/authorization-details\.json$/,
    /^\d{12}\/service-last-accessed\/[\w-]+\.json$/,
    new RegExp(`^\\d{12}/${region}/(functions|event-source-mappings|tags|microvms|capacity-providers)\\.json$`),
    new RegExp(`^\\d{12}/${region}/(versions|aliases|policies|urls)/[\\w-]+(\\.[\\w-]+)?\\.json$`),
  ];

  it('are of six Mondays in a row', () => {
    const days = written.map(({ date }) => Date.parse(date) / 86_400_000);
    expect(written.map(({ date }) => new Date(date).getUTCDay())).toEqual([1, 1, 1, 1, 1, 1]);
    expect(days.map((day) => day - days[0]!)).toEqual([0, 7, 14, 21, 28, 35]);
  });

  it('have the same bytes each time', async () => {
    await writeExports(join(root, 'second'));
    expect(filesBelow(join(root, 'second'))).toEqual(files);
  });

  it('hold nothing but files of the documented layout', () => {
    const paths = [...files.keys()].map((path) => path.slice(path.indexOf('/') + 1));
    expect(paths.filter((path) => !layout.some((pattern) => pattern.test(path)))).toEqual([]);
    for (const pattern of layout) expect(paths.some((path) => pattern.test(path))).toBe(true);
  });

  it('are JSON throughout, but for the one listing that was denied', () => {
    const broken = [...files].filter(([, text]) => {
      try {
        return JSON.parse(text) === undefined;
      } catch {
        return true;
      }
    });
    expect(broken.map(([path]) => path)).toEqual([`2026-11-02/${idOf('shared-services')}/eu-central-1/functions.json`]);
    expect(broken[0]![1]).toContain(
      'An error occurred (AccessDeniedException) when calling the ListFunctions operation',
    );
  });

  it('lack the account that was out of reach, for a week, and the suspended one from then on', () => {
    const datesOf = (name: string) =>
      written.map(({ date }) => date).filter((date) => existsSync(join(root, 'first', date, idOf(name))));
    expect(datesOf('fulfilment-production')).not.toContain('2026-10-26');
    expect(datesOf('fulfilment-production')).toHaveLength(5);
    expect(datesOf('sandbox')).toEqual(['2026-10-12', '2026-10-19', '2026-10-26', '2026-11-02']);
    expect(datesOf('payments-production')).toHaveLength(6);
  });
});

describe('shapes that the AWS CLI prints (A7)', () => {
  const week = '2026-10-12';
  const data = `${week}/${idOf('data-production')}`;

  it('times have an offset; LastModified of Lambda has milliseconds and no colon', () => {
    const functions = json(`${data}/eu-west-1/functions.json`).Functions;
    expect(functions[0].LastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    const role = json(`${data}/authorization-details.json`).RoleDetailList[0];
    expect(role.CreateDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
    expect(role.RoleLastUsed.LastUsedDate).toBe('2026-10-11T06:00:00+00:00');
  });

  it('a policy of a function is text; documents of IAM are objects', () => {
    expect(typeof json(`${data}/eu-west-1/policies/edge-open-webhook.json`).Policy).toBe('string');
    expect(json(`${data}/eu-west-1/policies/edge-cross-account-api.live.json`).Policy).toContain(':live');
    const details = json(`${data}/authorization-details.json`);
    expect(typeof details.RoleDetailList[0].AssumeRolePolicyDocument).toBe('object');
    expect(typeof details.Policies[0].PolicyVersionList[0].Document).toBe('object');
  });

  it('published versions come with $LATEST and say which role each keeps', () => {
    const path = `${week}/${idOf('storefront-production')}/eu-west-1/versions/release-notes.json`;
    const versions: { Version: string; Role: string }[] = json(path).Versions;
    expect(versions.map(({ Version, Role }) => [Version, Role.split('/').at(-1)])).toEqual([
      ['$LATEST', 'release-notes-role'],
      ['1', 'release-notes-old-role'],
      ['2', 'release-notes-role'],
    ]);
  });
});

describe('canaries (A5)', () => {
  const environments = (value: unknown): Record<string, unknown>[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) =>
      key === 'Variables' || key === 'environmentVariables' ? [inner] : environments(inner),
    );
  };

  it('every value of an environment is one, and they stand nowhere else', () => {
    const values = [...files]
      .filter(([, text]) => text.startsWith('{'))
      .flatMap(([, text]) => environments(JSON.parse(text)).flatMap((each) => Object.values(each)));
    expect(values.length).toBeGreaterThan(1000);
    expect(values.every((value) => typeof value === 'string' && value.startsWith(canaryPrefix))).toBe(true);
    const mentions = [...files.values()].reduce((sum, text) => sum + text.split(canaryPrefix).length - 1, 0);
    expect(mentions).toBe(values.length);
  });

  it('stand in functions, in published versions and in MicroVM images', () => {
    for (const part of ['functions.json', 'versions/', 'microvms.json']) {
      expect([...files].some(([path, text]) => path.includes(part) && text.includes(canaryPrefix))).toBe(true);
    }
  });
});
