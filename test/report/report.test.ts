import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerNames, gather } from '../../report/data.ts';
import { writeReport } from '../../report/report.ts';
import { reportData, result, snapshot } from './answers.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-report-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('writing a report (D6)', () => {
  test('makes the page, and beside it a CSV of every answer with all its rows', async () => {
    const roles = result(...Array.from({ length: 700 }, (_, index) => ({ name: `role-${index}` })));
    await writeReport(reportData({ unowned_roles: roles }), join(folder, 'new', 'week 2.html'));
    expect(await readdir(join(folder, 'new'))).toEqual(['week 2-csv', 'week 2.html']);
    expect(await readFile(join(folder, 'new', 'week 2.html'), 'utf8')).toContain(
      'href="week%202-csv/unowned_roles.csv"',
    );
    const files = await readdir(join(folder, 'new', 'week 2-csv'));
    expect(files).toEqual(answerNames.map((name) => `${name}.csv`).sort());
    const csv = await readFile(join(folder, 'new', 'week 2-csv', 'unowned_roles.csv'), 'utf8');
    expect(csv.split('\r\n')).toHaveLength(702);
  });
});

describe('gathering answers (D6)', () => {
  async function askedOf(...dates: readonly string[]): Promise<readonly string[]> {
    const asked: string[] = [];
    await gather(async (name, parameters) => {
      asked.push([name, ...Object.entries(parameters).flat()].join(' '));
      return name === 'snapshots' ? result(...dates.map((date) => snapshot(date))) : result();
    });
    return asked;
  }

  test('asks for changes since it was last read, not for drift between two dates (A4)', async () => {
    expect(await askedOf('2026-01-05')).toContain('changes');
    expect(await askedOf('2026-01-05', '2026-01-12')).not.toContain('drift');
  });

  test('asks for the trends of the organization and of its teams', async () => {
    const asked = await askedOf('2026-01-05');
    expect(asked).toEqual(expect.arrayContaining(['trends', 'trends scope_kind team']));
  });
});
