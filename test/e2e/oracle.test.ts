import { expect, test } from 'vitest';
import { agreement } from '../analysis/oracle/agreement.ts';

test('B3: an independent simulator says the same of 12,000 random requests', async () => {
  const { allowed, denied, disagreements } = await agreement(12_000, 20261122);

  expect(disagreements).toEqual([]);
  expect(Math.min(allowed, denied)).toBeGreaterThan(2_400);
});
