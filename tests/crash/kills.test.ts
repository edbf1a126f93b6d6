import { expect, test } from 'vitest';
import { playKills } from './kills.ts';

test.for(['sqlite', 'postgres'] as const)(
  'whoever is killed while desks and server are at work, on %s, what was acknowledged is there',
  { timeout: 240_000 },
  async (engine) => {
    const report = await playKills({
      engine,
      // Each of the ways a database dies, once; `npm run soak -- kills` goes on.
      serverRounds: engine === 'sqlite' ? 2 : 3,
      deskRounds: 4,
      desks: 2,
      port: engine === 'sqlite' ? 20_490 : 20_492,
      seed: 1,
      say: () => undefined,
    });
    expect(report.faults).toEqual([]);
    expect(report.deskKills).toBe(4);
    expect(report.serverKills + report.backendKills + report.databaseKills).toBeGreaterThanOrEqual(2);
    expect(report.decided).toBeGreaterThan(10);
  },
);
