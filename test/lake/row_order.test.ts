import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareText, inKeyOrder } from '../../lake/row_order.ts';
import { drift } from '../../tables/drift.ts';
import { roles } from '../../tables/roles.ts';
import { statements } from '../../tables/statements.ts';
import { roleRow } from './sample_rows.ts';

const driftRow = (before: string | null) => ({
  account_id: '1',
  region: 'global',
  from_snapshot: '2026-01-05',
  kind: 'k',
  subject: 's',
  before,
  after: null,
  direction: null,
});

describe('Rows in the order of their key', () => {
  it('compares text by code point, as the UTF-8 bytes compare', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('puts a character above U+FFFF after one below, where JavaScript does the opposite', () => {
    expect(['\u{10000}', '\uffff'].sort(compareText)).toEqual(['\uffff', '\u{10000}']);
    expect(['\u{10000}', '\uffff'].sort()).toEqual(['\u{10000}', '\uffff']);
  });

  it('compares numbers as numbers, column by column', () => {
    const rows = [
      { account_id: '1', policy_id: 'b', position: 1 },
      { account_id: '1', policy_id: 'a', position: 10 },
      { account_id: '1', policy_id: 'a', position: 9 },
    ];
    expect(inKeyOrder(statements, rows).map(({ policy_id, position }) => `${policy_id}${position}`)).toEqual([
      'a9',
      'a10',
      'b1',
    ]);
  });

  it('puts NULL first', () => {
    const rows = [driftRow('x'), driftRow(null), driftRow('')];
    expect(inKeyOrder(drift, rows)).toEqual([driftRow(null), driftRow(''), driftRow('x')]);
  });

  it('is the same however the rows came, also when they have the same key', () => {
    const rows = [roleRow(), roleRow({ is_admin: true }), roleRow({ admin_via: ['z'] }), roleRow({ created_at: null })];
    expect(inKeyOrder(roles, rows.toReversed())).toEqual(inKeyOrder(roles, rows));
  });
});
