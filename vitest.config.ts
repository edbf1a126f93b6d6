import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{unit,integration,acceptance,architecture,crash,simulation}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    // One of them spends minutes waiting for an office to be killed and started; the rest run beside it.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
