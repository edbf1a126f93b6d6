import { dossierAggregate, lockAggregate, type LockRow } from '#shared/dossiers/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { signedIn } from '../../host/context.ts';
import { askCommand } from '../../host/run-command.ts';
import { readAll, readState } from '../../store/read-state.ts';
import { listDossiers } from './rows.ts';

/** A case may hold any file, also one that whoever keeps it does not read: its code and title are told, and no paper. */
const everyFile = { offset: 0, limit: 20, state: null, maker: null, year: null };

export const freezesHandlers = {
  set: signedIn.freezes.set.handler(askCommand),
  lift: signedIn.freezes.lift.handler(askCommand),
};

export const holdsHandlers = {
  list: signedIn.holds.list.handler(({ context: { signed } }) => ({ rows: lockRows(signed.open.desk.db) })),
  find: signedIn.holds.find.handler(({ input, context: { signed } }) => {
    const asked = { ...everyFile, text: input.text };
    const { rows } = listDossiers(signed.open.desk.db, { kind: 'agency' }, asked);
    return { files: rows.map(({ id, code, title }) => ({ id, code, title })) };
  }),
  open: signedIn.holds.open.handler(askCommand),
  add: signedIn.holds.add.handler(askCommand),
  release: signedIn.holds.release.handler(askCommand),
};

function lockRows(db: ReadDb): LockRow[] {
  return readAll(db, lockAggregate)
    .toSorted(
      (one, other) => Number(one.lifted !== null) - Number(other.lifted !== null) || newer(one, other),
    )
    .map((lock) => ({
      lock,
      files: lock.dossiers.flatMap((id) => {
        const file = readState(db, dossierAggregate, id);
        return file === null ? [] : [{ id, code: file.code, title: file.title }];
      }),
    }));
}

function newer(one: Readonly<{ at: string }>, other: Readonly<{ at: string }>): number {
  return one.at < other.at ? 1 : -1;
}
