import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleHandlers } from '../../../build.ts';
import { UsageError } from '../../../errors.ts';
import { handlerNames } from '../../../infra/handler_names.ts';
import { version } from '../../../package_root.ts';
import { folderOfHook } from '../../lake/temporary_folder.ts';

const { folder, remove } = folderOfHook();
const inBundle = (name: string, file: string): string => join(folder, name, file);

beforeAll(() => bundleHandlers(folder));
afterAll(remove);

describe('A3: the bundles that Lambda is given', () => {
  it('are one for each state that calls a function', () => {
    expect(readdirSync(folder).sort()).toEqual([...handlerNames].sort());
  });

  it.each(handlerNames)('%s starts quickly: it is small, has its SDK with it, and no database', (name) => {
    const code = readFileSync(inBundle(name, 'index.mjs'), 'utf8');
    expect(statSync(inBundle(name, 'index.mjs')).size).toBeLessThan(4_000_000);
    expect(code.includes('node_modules/@aws-sdk/client-s3')).toBe(true);
    expect(code.includes('node_modules/@duckdb')).toBe(false);
    const imported = [...code.matchAll(/^import .* from ["']([^"']+)["']/gm)].map(([, module]) => module!);
    expect(imported.filter((module) => !isBuiltin(module))).toEqual([]);
  });

  it('run, and say what their environment lacks', async () => {
    const { handler } = await import(pathToFileURL(inBundle('failed', 'index.mjs')).href);
    const calling = async () => handler({}, { getRemainingTimeInMillis: () => 1000 });
    await expect(calling()).rejects.toMatchObject({
      name: UsageError.name,
      message: expect.stringContaining('LAKE_BUCKET'),
    });
  });

  it('hold the SQL that they run, and know their version', () => {
    expect(existsSync(inBundle('derive', 'queries/derived/findings.sql'))).toBe(true);
    expect(readdirSync(inBundle('derive', 'queries/findings')).every((file) => file.endsWith('.sql'))).toBe(true);
    expect(JSON.parse(readFileSync(inBundle('stage', 'package.json'), 'utf8'))).toMatchObject({ version });
  });
});
