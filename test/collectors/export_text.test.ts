import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportFolder } from '../../collectors/export_folder.ts';
import { lookAt, namesIn, readText } from '../../collectors/export_text.ts';
import { account, accountId, byResource, collected, never, written } from './folder.ts';

describe('A7: nothing outside the export folder is read', () => {
  const outside = () => written({ 'secret.json': '{"Functions": []}', 'folder/a.json': '{}' });

  it.each(['../secret.json', 'a/../../secret.json', 'a//b', './a', 'a\\b', 'a\0b'])(
    'not by the name %j',
    async (path) => {
      await expect(lookAt(written({ 'a/b': '' }), path)).rejects.toMatchObject({ code: 'OutsideFolder' });
    },
  );

  it('not through a link to a file', async () => {
    const root = written({ 'a.json': '{}' });
    symlinkSync(join(outside(), 'secret.json'), join(root, 'b.json'));
    await expect(readText(root, 'b.json')).rejects.toMatchObject({ status: 'error', code: 'Link' });
  });

  it('not through a link to a folder', async () => {
    const root = written({ 'a.json': '{}' });
    symlinkSync(join(outside(), 'folder'), join(root, 'linked'));
    await expect(readText(root, 'linked/a.json')).rejects.toMatchObject({ code: 'Link' });
    expect(await namesIn(root, '', 'folders')).toEqual([]);
  });

  it('a linked region is an error of that region, and the rest is read (A4)', async () => {
    const root = account();
    const other = outside();
    mkdirSync(join(other, 'region'));
    writeFileSync(join(other, 'region', 'functions.json'), '{"Functions": []}');
    symlinkSync(join(other, 'region'), join(root, accountId, 'us-east-1'));
    const { regions } = await exportFolder(root).plan({ accounts: [], regions: [] }, never);
    expect(regions).toEqual(['eu-west-1']);
    const coverage = byResource((await collected(root, ['eu-west-1', 'us-east-1'])).coverage);
    expect(coverage.get('us-east-1 functions')).toMatchObject({ status: 'error', error_code: 'Link' });
    expect(coverage.get('eu-west-1 functions')).toMatchObject({ status: 'ok' });
  });
});
