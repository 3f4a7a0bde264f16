import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parseConfiguration, readConfiguration } from '../../infra/configuration.ts';
import { weekly } from '../../infra/schedule.ts';
import { packageRoot } from '../../package_root.ts';

const example = JSON.parse(readFileSync(join(packageRoot, 'infra/example.config.json'), 'utf8'));
const parse = (change: object) => parseConfiguration(JSON.stringify({ ...example, ...change }), 'mine.json');

describe('A3 the configuration', () => {
  it('is as the example has it', () => {
    expect(parse({})).toEqual(example);
  });

  it('names every mistake at once, each with its place', () => {
    const wrong = { organization: 'acme', hub: { account: '1', region: 'Frankfurt' }, mailTo: 'me', surplus: true };

    expect(() => parse(wrong)).toThrow(
      [
        'mine.json does not say what docs/operations.md asks for:',
        '  organization: is an organization id such as o-a1b2c3d4e5',
        '  hub.account: is an account id of 12 digits',
        '  hub.region: is a region such as eu-central-1',
        '  mailTo: Invalid email address',
        '  (file): Unrecognized key: "surplus"',
      ].join('\n'),
    );
  });

  test.each([
    ['a unit that is none', { organizationalUnits: ['Workloads'] }, 'organizationalUnits.0'],
    ['no unit', { organizationalUnits: [] }, 'organizationalUnits'],
    ['a day that is none', { schedule: { ...example.schedule, day: 'SOMEDAY' } }, 'schedule.day'],
    ['a time that is none', { schedule: { ...example.schedule, time: '25:00' } }, 'schedule.time'],
    ['nobody who may ask', { people: { ...example.people, analysts: [] } }, 'people.analysts'],
    ['somebody by a bare name', { people: { ...example.people, analysts: ['alice'] } }, 'people.analysts.0'],
    ['no tag key for teams', { tagKeys: { team: [] } }, 'tagKeys.team'],
    ['tag keys for what tags do not tell', { tagKeys: { squad: ['squad'] } }, 'tagKeys'],
    ['an external id that anybody guesses', { externalId: 'x' }, 'externalId'],
  ])('%s is refused', (_, change, path) => {
    expect(() => parse(change)).toThrow(`  ${path}: `);
  });

  it('needs no tag keys: the usual ones count then', () => {
    const { tagKeys, ...without } = example;
    expect(tagKeys).toEqual({ team: ['team', 'owner'] });
    expect(parseConfiguration(JSON.stringify(without), 'mine.json').tagKeys).toBeUndefined();
  });

  it('says what to do when there is no such file, and when it is no JSON', () => {
    expect(() => readConfiguration('/nowhere.json')).toThrow('Copy infra/example.config.json and fill it in');
    expect(() => parseConfiguration('{', 'mine.json')).toThrow('mine.json is no JSON');
  });

  it.each([
    ['MON', '05:00', 'cron(0 5 ? * MON *)'],
    ['SUN', '23:45', 'cron(45 23 ? * SUN *)'],
  ] as const)('starts the run on %s at %s', (day, time, expected) => {
    expect(weekly({ day, time, timezone: 'UTC' })).toBe(expected);
  });
});
