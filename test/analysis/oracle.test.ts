import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../package_root.ts';
import { agreement, decide } from './oracle/agreement.ts';
import { askOracle } from './oracle/ask_oracle.ts';
import { settled } from './oracle/settled.ts';

const ORACLE = '@cloud-copilot/iam-simulate';
/** It and what it brings along, which stands under the same licence; iam-data does not. */
const COPYLEFT = /@cloud-copilot\/(?!iam-data)/;

/** Sources outside `test/`, from the project's folder. */
function shippedSources(): readonly string[] {
  const left = ['node_modules', 'test', 'dist'];
  const folders = readdirSync(packageRoot, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith('.') && !left.includes(entry.name),
  );
  const within = folders.flatMap(({ name }) =>
    readdirSync(join(packageRoot, name), { recursive: true, encoding: 'utf8' }).map((file) => join(name, file)),
  );
  return [...readdirSync(packageRoot), ...within].filter((file) => file.endsWith('.ts'));
}

describe('B3: an independent simulator', () => {
  test('says the same of 1,500 random requests', async () => {
    const { allowed, denied, disagreements } = await agreement(1500, 20260105);

    expect(disagreements).toEqual([]);
    expect(allowed + denied).toBe(1500);
    expect(Math.min(allowed, denied)).toBeGreaterThan(300);
  });

  describe('says something else where the documentation settles it', () => {
    test.each(settled.map((one) => [one.name, one] as const))('%s', async (_name, { given, decision }) => {
      expect(decide(given)).toBe(decision);
      expect(await askOracle(given)).not.toBe(decision);
    });
  });

  test('is of the tests alone: its licence is not ours', () => {
    const manifest = readFileSync(join(packageRoot, 'package.json'), 'utf8');
    const { dependencies, devDependencies } = JSON.parse(manifest) as Record<string, Record<string, string>>;
    const importing = shippedSources().filter((file) => COPYLEFT.test(readFileSync(join(packageRoot, file), 'utf8')));

    expect(importing).toEqual([]);
    expect(Object.keys(dependencies!).filter((name) => COPYLEFT.test(name))).toEqual([]);
    expect(devDependencies).toHaveProperty([ORACLE]);
  });
});
