import { mayRead } from '#shared/directory/public.ts';
import {
  HandOverRowSchema,
  dossierAggregate,
  findingsOnOffer,
  handOverAggregate,
  handOverDue,
  sideToSign,
  warnDays,
  whyNotOffer,
  type Dossier,
  type HandOver,
  type HandOverPage,
  type HandOverState,
} from '#shared/dossiers/public.ts';
import { AppError, addDays, type DossierId, type HandOverId } from '#shared/kernel/public.ts';
import type { Signed } from '../../host/context.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { holdingsAt } from './pages.ts';
import { dossierRow, waitingDossiers } from './rows.ts';

type Reading = Pick<Signed, 'open' | 'scope'>;
type Window = Readonly<{ offset: number; limit: number }>;

/** The hand-overs in a state, or all, the newest first; only what the reader may see. */
export function listHandOvers(
  signed: Signed,
  { state, offset, limit }: Window & Readonly<{ state: HandOverState | null }>,
) {
  const readable = readableHandOvers(signed, state);
  const rows = readable.slice(offset, offset + limit).map((one) => rowOf(one, signed));
  return { rows, total: readable.length };
}

function rowOf(one: HandOver, { person }: Pick<Signed, 'person'>) {
  const toSign = sideToSign(one, person.id) !== null;
  return HandOverRowSchema.parse({ ...one, files: one.files.length, toSign });
}

/** An agency has hundreds of hand-overs, not millions: each is asked whether it is this reader's. */
function readableHandOvers({ open, scope }: Reading, state: HandOverState | null): HandOver[] {
  const { db } = open.desk;
  const ids = prepared(
    db,
    'SELECT id FROM hand_over WHERE ? IS NULL OR state = ? ORDER BY at DESC, n DESC',
  ).all(state, state) as { id: string }[];
  return ids
    .flatMap(({ id }) => readState(db, handOverAggregate, id) ?? [])
    .filter((one) => mayRead(scope, one));
}

/** A hand-over with its files as they stand now. */
export function handOverPage(reading: Reading, id: HandOverId): HandOverPage {
  const handOver = readableHandOver(reading, id);
  const { db } = reading.open.desk;
  return { handOver, files: handOver.files.map(({ dossier }) => dossierRow(db, reading.scope, dossier)) };
}

export function readableHandOver({ open, scope }: Reading, id: HandOverId): HandOver {
  const handOver = readState(open.desk.db, handOverAggregate, id);
  if (handOver === null || !mayRead(scope, handOver)) throw new AppError('handOvers.unknown');
  return handOver;
}

/** What stands against handing files over, each as far as this desk can tell. */
export function findingsOnOffers(signed: Signed, ids: readonly DossierId[]) {
  return ids.map((id) => {
    const dossier = readState(signed.open.desk.db, dossierAggregate, id);
    if (dossier === null || !mayRead(signed.scope, dossier)) throw new AppError('dossiers.unknown');
    const not = whyNotOffer(dossier, signed.person);
    if (not !== null) throw new AppError(not.code, not.params);
    const findings = findingsOnOffer(holdingsAt(signed, dossier), signed.today);
    return { dossier: id, due: handOverDue(dossier), findings };
  });
}

/** What waits with this person's own files, and with the hand-overs to the archive where they are its archivist. */
export function countsFor(signed: Signed) {
  const { total, toSign } = waitingFiles(signed, { offset: 0, limit: 1 });
  const isArchivist = signed.person.roles.includes('archivist');
  const offered = isArchivist ? readableHandOvers(signed, 'offered') : [];
  const owed = isArchivist ? receivedToSign(signed) : [];
  const atArchive = offered.filter(({ from }) => from !== signed.person.id).length + owed.length;
  return { files: total + toSign.length, archive: atArchive };
}

/** NĐ 30 PL6 I.5: files of this person that are due within thirty days or late; those that came back; minutes to sign. */
export function waitingFiles(signed: Signed, window: Window) {
  const { open, person, today } = signed;
  const { db } = open.desk;
  const until = addDays(today, warnDays);
  const { rows, total } = waitingDossiers(db, { maker: person.id, until, ...window });
  return {
    rows: rows.map((dossier) => ({
      dossier,
      givenBack: dossier.returned ? reasonsOf(readState(db, dossierAggregate, dossier.id)) : null,
    })),
    total,
    toSign: readableHandOvers(signed, 'accepted')
      .filter((one) => one.from === person.id && sideToSign(one, person.id) !== null)
      .map((one) => rowOf(one, signed)),
  };
}

function receivedToSign(signed: Signed): HandOver[] {
  return readableHandOvers(signed, 'accepted').filter(
    (one) => one.from !== signed.person.id && sideToSign(one, signed.person.id) !== null,
  );
}

function reasonsOf(dossier: Dossier | null) {
  const returned = dossier?.handing?.returned ?? null;
  return returned === null ? null : { reasons: returned.reasons, words: returned.words };
}
