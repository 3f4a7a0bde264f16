import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canaryPrefix } from '../../demo/canaries.ts';
import { writeExports } from '../../demo/exports.ts';
import { accountNamed } from '../../demo/find.ts';
import { organization } from '../../demo/organization.ts';
import { NothingReadError } from '../../errors.ts';
import { damages, inflict } from './damage.ts';
import { publish } from './lake.ts';
import { filesBelow } from './written.ts';

const root = mkdtempSync(join(tmpdir(), 'rolecall-leaks-'));
const standing = organization();
const idOf = (name: string): string => accountNamed(standing, name).id;
let published: Awaited<ReturnType<typeof publish>>;

beforeAll(async () => {
  const [week] = await writeExports(join(root, 'exports'));
  for (const damage of Object.values(damages)) inflict(week!.folder, idOf(damage.account), damage);
  published = await publish(root, [week!]);
}, 120_000);
afterAll(async () => {
  await published?.engine.close();
  rmSync(root, { recursive: true });
}, 120_000);

/** Rows of a Parquet file as text; its bytes are compressed, so searching them proves nothing. */
async function rowsAsText(path: string): Promise<string> {
  const { buffer } = new Uint8Array(readFileSync(join(root, 'lake', path)));
  return everything(await parquetReadObjects({ file: buffer }));
}

/** All that a value shows, causes and stacks of errors too. */
const everything = (value: unknown): string =>
  inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null });

describe('A5: a value of an environment variable never leaves the collecting code', () => {
  it.each(Object.entries(damages))(
    'with a broken file (%s), which coverage says (A4)',
    (_name, { account, resources }) => {
      const done = published.events.find(
        (event) => event.kind === 'account_done' && event.account_id === idOf(account),
      );
      const unread = done?.kind === 'account_done' ? done.coverage.filter(({ status }) => status === 'error') : [];
      expect(unread.map(({ resource }) => resource)).toEqual(expect.arrayContaining([...resources]));
    },
  );

  it('to no table of the lake', async () => {
    const paths = [...filesBelow(join(root, 'lake')).keys()].filter((path) => path.endsWith('.parquet'));
    const texts = await Promise.all(paths.map(rowsAsText));
    expect(texts.join('').length).toBeGreaterThan(100_000);
    expect(paths.filter((_, i) => texts[i]!.includes(canaryPrefix))).toEqual([]);
  });

  it('to no other file of the lake', () => {
    const files = filesBelow(join(root, 'lake'));
    expect([...files.keys()]).toContain('catalog.json');
    expect([...files].filter(([, text]) => text.includes(canaryPrefix)).map(([path]) => path)).toEqual([]);
  });

  it('to nothing that is said on the way, errors included', () => {
    const said = everything(published.events);
    expect(said).toContain('functions.json');
    expect(said).not.toContain(canaryPrefix);
  });

  it('to no error when nothing at all can be read', async () => {
    const folder = join(root, 'unreadable');
    for (const file of ['authorization-details.json', 'eu-west-1/functions.json']) {
      mkdirSync(join(folder, '222200000001', dirname(file)), { recursive: true });
      writeFileSync(join(folder, '222200000001', file), `{"Functions": [{"Variables": {"A": "${canaryPrefix}"`);
    }
    const failed = await publish(join(root, 'nothing'), [{ date: '2026-10-12', folder }]).catch((error) => error);
    expect(failed).toBeInstanceOf(NothingReadError);
    expect(everything(failed)).not.toContain(canaryPrefix);
  });

  it('though names of variables do arrive', async () => {
    const paths = [...filesBelow(join(root, 'lake')).keys()].filter((path) => path.includes('/functions/'));
    expect((await Promise.all(paths.map(rowsAsText))).join('')).toContain('DB_PASSWORD');
  });
});
