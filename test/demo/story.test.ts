import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeExports } from '../../demo/exports.ts';
import { weeks } from '../../demo/story/chapter.ts';
import { story } from '../../demo/story.ts';
import { ask } from '../../queries/ask.ts';
import type { ResultRow } from '../../queries/engine.ts';
import { publish } from './lake.ts';

const root = mkdtempSync(join(tmpdir(), 'rolecall-story-'));
let published: Awaited<ReturnType<typeof publish>>;

beforeAll(async () => {
  published = await publish(root, await writeExports(join(root, 'exports')));
}, 120_000);
afterAll(async () => {
  await published?.engine.close();
  rmSync(root, { recursive: true });
}, 120_000);

/** Rows that agree with what is expected in the columns it names. */
const agreeing = (rows: readonly ResultRow[], part: Readonly<Record<string, unknown>>): readonly ResultRow[] =>
  rows.filter((row) => Object.entries(part).every(([column, value]) => isDeepStrictEqual(row[column], value)));

const byDate = weeks.map((week) => [week, story.filter(({ date }) => date === week)] as const);

describe.each(byDate)('C1–C4, A4: what happened up to %s is found by its question', (_date, events) => {
  it.each(events.map((event) => [event.question, event.what, event] as const))('%s: %s', async (_q, _w, event) => {
    const { rows } = await ask(published, event.question, event.parameters);
    for (const part of event.expected) expect(agreeing(rows, part), JSON.stringify(part)).not.toEqual([]);
    for (const part of event.absent ?? []) expect(agreeing(rows, part), JSON.stringify(part)).toEqual([]);
  });
});

describe('the story', () => {
  it('expects something of every event', () => {
    expect(story.filter(({ expected, absent = [] }) => expected.length + absent.length === 0)).toEqual([]);
  });

  it('says of every change what was before and after, and that these differ', () => {
    const changes = story.flatMap(({ expected }) => expected).filter((part) => 'before' in part && 'after' in part);
    expect(changes.length).toBeGreaterThan(15);
    expect(changes.filter(({ before, after }) => before === after || before === undefined)).toEqual([]);
  });
});
