import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/e2e/longest_first.ts';

const exclude = ['node_modules/**', 'dist/**', '.cache/**'];

export default defineConfig({
  test: {
    // By default one core is left idle: half of a machine with two.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          globalSetup: ['test/cli/bundled.ts'],
          include: ['test/**/*.test.ts'],
          exclude: [...exclude, 'test/e2e/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Files share what they import, and young objects have room: both spare a fifth of the time.
          isolate: false,
          execArgv: ['--max-semi-space-size=64'],
        },
      },
      {
        test: {
          name: 'e2e',
          globalSetup: ['test/e2e/once.ts'],
          include: ['test/e2e/**/*.test.ts'],
          exclude,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // Two files at a time, each with an emulator of its own: they share one Trino. After the unit tests, not beside.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
