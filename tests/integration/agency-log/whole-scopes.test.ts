import { describe, expect, it } from 'vitest';
import { agencyLogTables, openServer, sqliteAgencyLog, stateOfLog } from '#shared/node/agency-log/public.ts';
import { openInMemory } from '#shared/node/sqlite/public.ts';
import { allGuards, scopesOfAggregate } from '#shared/sync/public.ts';
import type { AggregateRef } from '#shared/kernel/public.ts';
import { play } from '../../support/any-day.ts';
import { beginIdsAt } from '../../support/builders.ts';
import { drawMove } from '../../support/office-moves.ts';
import { openSmallAgency, type Engine } from '../../support/small-agency.ts';
import { chanceOf } from '../../simulation/chance.ts';
import { sequencerOf } from '../../simulation/sequencer-of.ts';

describe('whoever may read a paper', () => {
  it.each([1, 2, 3, 4])(
    'has all that belongs to it, also what was over before they came (year %i)',
    (year) => {
      beginIdsAt(3_000_000 * year);
      const db = openInMemory();
      db.exec(agencyLogTables);
      const log = sqliteAgencyLog(db);
      const agency = openSmallAgency(({ agencyId, now }): Engine => {
        const sequencer = { ...sequencerOf(agencyId, now), log };
        const parts = { agencyId, certificates: false, sequencer, guards: allGuards, missingFiles: () => [] };
        const server = openServer(parts);
        return { log, decide: (command) => void server.decide(command) };
      });
      const chance = chanceOf(year);
      play(
        agency,
        Array.from({ length: 800 }, () => drawMove(chance)),
      );
      const held = db.prepare('SELECT kind, id FROM aggregate').all() as AggregateRef[];
      const missing = held.flatMap((one) =>
        scopesOfAggregate(one, stateOfLog(log))
          .filter((scope) => !log.sees(scope, one))
          .map((scope) => `${scope} lacks ${one.kind} ${one.id}`),
      );
      expect(missing).toEqual([]);
      expect(held.filter(({ kind }) => kind === 'task').length).toBeGreaterThan(10);
      // Some of it went to the archive, with papers that were long there.
      expect(held.filter((one) => one.kind === 'document' && log.sees('archive', one))).not.toEqual([]);
      db.close();
    },
  );
});
