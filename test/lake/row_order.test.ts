import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareText, inKeyOrder } from '../../lake/row_order.ts';
import { drift } from '../../tables/drift.ts';
import { statements } from '../../tables/statements.ts';

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

  it('puts NULL first, and leaves equal keys as they came', () => {
    const row = (before: string | null, after: string) => ({
      account_id: '1',
      region: 'global',
      kind: 'k',
      subject: 's',
      before,
      after,
    });
    const rows = [{ ...row('x', 'y'), nth: 1 }, row(null, 'z'), { ...row('x', 'y'), nth: 2 }];
    expect(inKeyOrder(drift, rows)).toEqual([rows[1], rows[0], rows[2]]);
  });
});
