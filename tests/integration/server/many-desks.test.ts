import { expect, test } from 'vitest';
import { runLoad } from '../../load/many-desks.ts';

test(
  'eight desks on a bad line and a server that is killed end with the same truth',
  { timeout: 120_000 },
  async () => {
    const order = {
      port: 20_600,
      desks: 8,
      seconds: 8,
      atLeast: 20,
      restMs: 400,
      kills: 2,
      seed: 11,
      say: () => undefined,
    };
    const report = await runLoad(order);
    expect(report.faults).toEqual([]);
    expect(report.documents).toBeGreaterThan(2);
    expect(report.network.connections).toBeGreaterThan(20);
  },
);
