import { personAggregate, type Person } from '#shared/directory/public.ts';
import { AppError, type PersonId } from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { repairedOf } from '../../store/repair/repair.ts';
import { readState } from '../../store/read-state.ts';
import type { Shared } from '../../sync/shared-desk.ts';
import type { OpenDesk } from './open-desk.ts';

const patienceMs = 20_000;

/**
 * Who sits down. A desk that has just joined knows nobody yet: the directory is the first thing that comes from its
 * server, and is waited for; everything else comes while its person is at work.
 */
export async function knownPerson(open: OpenDesk, personId: PersonId): Promise<Person | null> {
  const here = () => readState(open.desk.db, personAggregate, personId);
  const { shared } = open;
  const person = here();
  if (person !== null || shared === null) return person;
  const endMs = Date.now() + patienceMs;
  while (open.desk.db.open && Date.now() < endMs) {
    const known = here();
    if (known !== null) return known;
    mustGoOn(open.desk.db, shared);
    await new Promise((soon) => setTimeout(soon, 50));
  }
  throw new AppError('sync.server-away', { host: new URL(shared.server.url).host });
}

function mustGoOn(db: ReadDb, { link, server, heard }: Shared): void {
  const state = link.state();
  if (state.kind === 'stopped') throw new AppError(`sync.stopped-${state.because}`);
  if (state.kind !== 'away') return;
  const { fault } = heard();
  if (fault instanceof AppError && fault.code !== 'sync.server-away') throw fault;
  const { host } = new URL(server.url);
  const repaired = repairedOf(db);
  if (repaired === null) throw new AppError('sync.server-away', { host });
  const { commands, drafts, files } = repaired;
  throw new AppError('sync.repaired-away', { host, commands, drafts, files });
}
