import { describe, expect, it } from 'vitest';
import { readExport, readOptionalExport } from '../../collectors/export_file.ts';
import { NotReadable } from '../../collectors/source.ts';
import { written } from './folder.ts';

const answer = { Functions: [{ FunctionName: 'höher' }] };
const text = JSON.stringify(answer);

const reading = (content: unknown) => readExport(written({ 'a.json': content }), 'a.json');

/** Why a file is not readable. */
async function reason(content: unknown): Promise<NotReadable> {
  const error: unknown = await reading(content).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof NotReadable) return error;
  throw new Error('the file was readable');
}

describe('A7: a file of an export, whatever a shell made of it', () => {
  it.each<[string, unknown]>([
    ['plain UTF-8', text],
    ['UTF-8 with a byte order mark', `\uFEFF${text}`],
    ['UTF-16 little endian, as PowerShell redirects', Buffer.from(`\uFEFF${text}\r\n`, 'utf16le')],
    ['UTF-16 big endian', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['white space around it', `\r\n ${text}\n\n`],
  ])('reads %s', async (_name, content) => {
    expect(await reading(content)).toEqual(answer);
  });

  it.each<[string, object]>([
    ['an empty PaginationToken', { PaginationToken: '' }],
    ['a NextToken that is null', { NextToken: null }],
    ['IsTruncated false', { IsTruncated: false }],
  ])('reads a listing that ended: %s', async (_name, end) => {
    expect(await reading({ ...answer, ...end })).toMatchObject(answer);
  });
});

describe('A4: a file that is not all of it is an error that names the file', () => {
  it.each<[string, unknown, string, RegExp]>([
    ['nothing in it', '', 'Empty', /^a\.json is empty/],
    ['white space only', ' \r\n', 'Empty', /^a\.json is empty/],
    ['cut in half', text.slice(0, 20), 'InvalidJson', /^a\.json is cut off or damaged/],
    ['two answers one after the other', text + text, 'InvalidJson', /^a\.json is cut off or damaged/],
    ['NextToken', { ...answer, NextToken: 'next' }, 'MorePages', /^a\.json is cut off.*--max-items/],
    ['nextToken', { ...answer, nextToken: 'next' }, 'MorePages', /cut off/],
    ['NextMarker', { ...answer, NextMarker: 'next' }, 'MorePages', /cut off/],
    ['PaginationToken', { ...answer, PaginationToken: 'next' }, 'MorePages', /cut off/],
    ['IsTruncated', { ...answer, IsTruncated: true }, 'MorePages', /cut off/],
    ['IsTruncated with Marker', { ...answer, IsTruncated: true, Marker: 'next' }, 'MorePages', /cut off/],
  ])('%s', async (_name, content, code, message) => {
    expect(await reason(content)).toMatchObject({ status: 'error', code, message: expect.stringMatching(message) });
  });

  it('a missing file was not provided', async () => {
    await expect(readExport(written({ 'b.json': {} }), 'a.json')).rejects.toMatchObject({
      status: 'not_provided',
      message: 'a.json was not provided',
    });
  });

  it('a folder in the place of a file', async () => {
    await expect(readExport(written({ 'a.json/b': '' }), 'a.json')).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('never quotes what it cannot read', async () => {
    const { message, cause } = await reason('{"Environment": {"Variables": {"KEY": "hunter2-secret');
    expect(message).not.toContain('hunter2');
    expect(cause).toBeUndefined();
  });
});

describe('A4: the error text of the AWS CLI in a file says why it was not read', () => {
  const said = (code: string, rest = ': no') =>
    `An error occurred (${code}) when calling the ListFunctions operation${rest}`;

  it.each<[string, string, string]>([
    ['AccessDeniedException', 'denied', said('AccessDeniedException')],
    ['AccessDenied', 'denied', `\n${said('AccessDenied')}\n`],
    [
      'TooManyRequestsException',
      'throttled',
      said('TooManyRequestsException', ' (reached max retries: 4): Rate exceeded'),
    ],
    ['Throttling', 'throttled', said('Throttling')],
    ['UnrecognizedClientException', 'region_disabled', said('UnrecognizedClientException')],
    ['InvalidClientTokenId', 'region_disabled', said('InvalidClientTokenId')],
    ['ServiceException', 'error', said('ServiceException')],
    ['ExpiredTokenException', 'error', `aws: [ERROR]: ${said('ExpiredTokenException')}`],
  ])('%s is %s', async (code, status, content) => {
    expect(await reason(content)).toMatchObject({ status, code });
    expect((await reason(content)).message).toMatch(/^a\.json: ListFunctions failed: /);
  });

  it('what AWS says is kept, its control characters are not', async () => {
    const { message } = await reason(said('AccessDenied', ': by an SCP\u001b[31m\u0007'));
    expect(message).toBe('a.json: ListFunctions failed: by an SCP [31m ');
  });

  it('the same words inside a damaged answer are no error of AWS', async () => {
    const inside = `{"Functions": [{"Description": "${said('AccessDenied')}`;
    expect(await reason(inside)).toMatchObject({ status: 'error', code: 'InvalidJson' });
  });
});

describe('A7: a file of one function', () => {
  const notFound = 'An error occurred (ResourceNotFoundException) when calling the GetPolicy operation: none';

  it.each<[string, Record<string, unknown>]>([
    ['is missing', {}],
    ['is empty, because the CLI printed its error elsewhere', { 'a.json': '\n' }],
    ['holds ResourceNotFoundException', { 'a.json': notFound }],
  ])('that %s says there is none', async (_name, files) => {
    expect(await readOptionalExport(written({ 'b.json': '{}', ...files }), 'a.json', true)).toBeUndefined();
  });

  it('that holds another error was not read', async () => {
    const denied = 'An error occurred (AccessDeniedException) when calling the GetPolicy operation: no';
    await expect(readOptionalExport(written({ 'a.json': denied }), 'a.json', true)).rejects.toMatchObject({
      status: 'denied',
    });
  });

  it.each<[string, Record<string, unknown>, object]>([
    ['is empty', { 'a.json': '\n' }, { code: 'Empty' }],
    ['holds white space', { 'a.json': ' \r\n' }, { code: 'Empty' }],
  ])('that %s was not read, where a listing prints its file even for nothing', async (_name, files, expected) => {
    const root = written({ 'b.json': '{}', ...files });
    await expect(readOptionalExport(root, 'a.json', false)).rejects.toMatchObject(expected);
  });

  it('that holds ResourceNotFoundException says there is none, whatever AWS prints otherwise', async () => {
    expect(await readOptionalExport(written({ 'a.json': notFound }), 'a.json', false)).toBeUndefined();
  });
});
