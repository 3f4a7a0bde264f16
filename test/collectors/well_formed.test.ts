import { expect, it } from 'vitest';
import { wellFormed } from '../../collectors/well_formed.ts';

it('A4: half a surrogate becomes U+FFFD at any depth, in names too; all else stays as it is', () => {
  const time = new Date('2026-01-05T00:00:00Z');
  const given = { 'a\ud800': ['\udc00b', { whole: '😀', time, no: null }], count: 1 };
  expect(wellFormed(given)).toEqual({ 'a\ufffd': ['\ufffdb', { whole: '😀', time, no: null }], count: 1 });
});
