import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keptBackIn } from '#electron/features/dossiers/kept-back.ts';
import { readState } from '#electron/store/read-state.ts';
import { openAgencyFolder } from '#server/main.ts';
import { mayRead, personAggregate, readingScope } from '#shared/directory/public.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import { archiveChecks, dossierAggregate, handOverAggregate } from '#shared/dossiers/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { HandOverIdSchema, ReadingIdSchema, addDays, dayOf, type DossierId } from '#shared/kernel/public.ts';
import { ReadingPieceSchema, readingAggregate } from '#shared/reading/public.ts';
import { taskAggregate } from '#shared/workflow/public.ts';
import {
  aLetter,
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type HeadlessDesk,
} from '../../support/agency-server.ts';
import { day, ids, someFields } from '../../support/builders.ts';
import { dossierId, someDossierFields } from '../../support/dossiers.ts';

let at: AgencyAtServer;
let server: Awaited<ReturnType<AgencyAtServer['start']>>;
const desks: Partial<Record<'clerk' | 'head' | 'officer' | 'archivist', HeadlessDesk>> = {};

beforeAll(async () => {
  at = agencyAtServer(20_467, ['clerk', 'head', 'officer', 'archivist']);
  server = await at.start();
  for (const who of ['clerk', 'head', 'officer', 'archivist'] as const) {
    desks[who] = startDesk(at, await enrolDesk(at, who));
  }
}, 60_000);
afterAll(async () => {
  for (const desk of Object.values(desks)) await desk.stop();
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  at.remove();
});

function desk(who: keyof typeof desks): HeadlessDesk {
  const found = desks[who];
  if (found === undefined) throw new Error(`${who} has no desk`);
  return found;
}

const fileAt = (who: keyof typeof desks, id: DossierId) => readState(desk(who).db, dossierAggregate, id);

test(
  'the archivist’s desk has a file with its papers from when it is offered, and whole again when it comes back',
  { timeout: 120_000 },
  async () => {
    const letter = await handledLetter();
    const file = dossierId();
    const officer = desk('officer');
    const { staff } = at.agency;
    const fields = someDossierFields({ startedOn: day('2026-01-05') });
    officer.give('dossiers.open', { dossierId: file, fields, maker: staff.officer.id, parent: null });
    officer.give('dossiers.file', { dossierId: file, documents: [letter.documentId] });
    const ended = { dossierId: file, endedOn: day('2026-10-30') };
    officer.give('dossiers.close', ended, true);
    await until('the file is closed', () => fileAt('officer', file)?.state === 'closed');
    expect(fileAt('archivist', file)).toBeNull();
    expect(readState(desk('archivist').db, documentAggregate, letter.documentId)).toBeNull();

    const first = offer(file);
    await until('the archive has it', () => fileAt('archivist', file)?.state === 'offered');
    expect(mayReadAtArchive(letter.documentId)).toBe(true);
    await until('its files came', () => desk('archivist').blobs.has(letter.file.hash));
    const why = { reasons: ['metadata'], words: 'Thiếu từ khóa' };
    desk('archivist').give(
      'handOvers.giveBack',
      { handOverId: first, files: [{ dossier: file, ...why }] },
      true,
    );
    await until('it came back', () => fileAt('officer', file)?.state === 'closed');
    expect(fileAt('officer', file)?.handing?.returned).toMatchObject(why);
    await until('the archive reads it no longer', () => !mayReadAtArchive(letter.documentId));

    officer.give('dossiers.reopen', { dossierId: file, reason: 'Bổ sung từ khóa' });
    const { code: _code, ...described } = { ...fields, keywords: 'hội nghị' };
    officer.give('dossiers.describe', { dossierId: file, fields: described });
    officer.give('dossiers.close', ended, true);
    await until('it is closed again', () => fileAt('officer', file)?.state === 'closed');
    const second = offer(file);
    await until('the archive has it again', () => fileAt('archivist', file)?.state === 'offered');
    desk('archivist').give('handOvers.accept', { handOverId: second, checked: archiveChecks }, true);
    await until('it is the archive’s', () => fileAt('officer', file)?.state === 'archived');
    await until('everybody knows', () => fileAt('archivist', file)?.state === 'archived');
    await readByTheClerkAlone(letter);

    // The minutes are a file of the hand-over itself: what one side signed comes to the other's desk.
    const { blobs } = desk('archivist');
    const minutes = { ...(await blobs.put(randomBytes(3000))), name: 'biên bản.pdf', pages: 2 };
    const signing = { handOverId: second, file: minutes, signedOver: null };
    desk('archivist').give('handOvers.signMinutes', signing, true);
    await until('the minutes came', () => officer.blobs.has(minutes.hash));
    const signed = { ...minutes, ...(await officer.blobs.put(randomBytes(3100))) };
    const over = { handOverId: second, file: signed, signedOver: minutes.hash };
    officer.give('handOvers.signMinutes', over, true);
    await until('both have them', () => blobs.has(signed.hash));

    // What a desk folded from its own scopes alone is what the server has.
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
    const folder = openAgencyFolder(at.data);
    const known = [
      [dossierAggregate, file],
      [documentAggregate, letter.documentId],
      [handOverAggregate, first],
      [handOverAggregate, second],
    ] as const;
    for (const [{ kind }, id] of known) {
      expect(readState(desk('archivist').db, { kind, evolve: (state) => state }, id)).toEqual(
        folder.log.state({ kind, id })?.state,
      );
    }
    folder.close();
    server = await at.start();
    for (const one of Object.values(desks)) expect(one.faults).toEqual([]);
  },
);

test(
  'the archivist’s desk lists a file that is kept back, reads neither it nor its papers, and lists it no longer than that',
  { timeout: 120_000 },
  async () => {
    const letter = await handledLetter();
    const file = dossierId();
    const officer = desk('officer');
    const archivist = desk('archivist');
    const { staff } = at.agency;
    const fields = someDossierFields({ code: '19.VP', startedOn: day('2026-01-05') });
    officer.give('dossiers.open', { dossierId: file, fields, maker: staff.officer.id, parent: null });
    officer.give('dossiers.file', { dossierId: file, documents: [letter.documentId] });
    const today = dayOf(systemClock.now());
    officer.give('dossiers.close', { dossierId: file, endedOn: addDays(today, -1) }, true);
    await until('the head sees it closed', () => fileAt('head', file)?.state === 'closed');
    expect(fileAt('archivist', file)).toBeNull();

    const listed = () => keptBackIn(archivist.db).map(({ code, title, keptBack }) => [code, title, keptBack]);
    expect(listed()).toEqual([]);
    const kept = { until: addDays(today, 500), reason: 'Đang thanh tra' };
    desk('head').give('handOvers.keepBack', { dossierId: file, ...kept });
    await until('the archive is told', () => listed().length > 0);
    expect(listed()).toEqual([
      ['19.VP', fields.title, { ...kept, by: staff.head.id, at: expect.any(String) as string }],
    ]);
    const person = readState(archivist.db, personAggregate, staff.archivist.id);
    const told = fileAt('archivist', file);
    if (person === null || told === null) throw new Error('The archive knows neither');
    expect(mayRead(readingScope(person), told)).toBe(false);
    expect(readState(archivist.db, documentAggregate, letter.documentId)).toBeNull();
    await until('it is even', () => archivist.link.state().kind === 'even' && archivist.filesToCome() === 0);
    expect(archivist.blobs.has(letter.file.hash)).toBe(false);

    officer.give('dossiers.reopen', { dossierId: file, reason: 'Bổ sung' }, true);
    await until('it is listed no longer', () => listed().length === 0);
    for (const one of Object.values(desks)) expect(one.faults).toEqual([]);
  },
);

function offer(file: DossierId) {
  const handOverId = HandOverIdSchema.parse(ids.document());
  desk('officer').give('handOvers.offer', { handOverId, dossiers: [file] }, true);
  return handOverId;
}

function mayReadAtArchive(id: string): boolean {
  const { db } = desk('archivist');
  const person = readState(db, personAggregate, at.agency.staff.archivist.id);
  const paper = readState(db, documentAggregate, id);
  return person !== null && paper !== null && mayRead(readingScope(person), paper);
}

/** A letter that the clerk registered, the head gave to the officer, and that is done. */
async function handledLetter() {
  const { staff } = at.agency;
  const letter = await aLetter(desk('clerk'));
  const { documentId } = letter;
  const taskId = ids.task();
  const stateAt = (who: keyof typeof desks) => readState(desk(who).db, documentAggregate, documentId)?.state;
  const taskAt = (who: keyof typeof desks) => readState(desk(who).db, taskAggregate, taskId)?.state;
  await until('all know the agency', () =>
    Object.values(desks).every(({ link }) => link.state().kind === 'even'),
  );
  desk('clerk').give('documents.receive', letter);
  desk('clerk').give('documents.registerIncoming', {
    documentId,
    fields: someFields(),
    presentTo: staff.head.id,
  });
  await until('the head has it', () => stateAt('head') === 'registered');
  const to = { kind: 'person', id: staff.officer.id };
  desk('head').give('workflow.direct', {
    documentId,
    words: 'Chủ trì',
    assignments: [{ task: taskId, role: 'lead', to, dueOn: null }],
    inform: [],
  });
  await until('the officer has it', () => taskAt('officer') === 'new');
  desk('officer').give('workflow.acceptTask', { documentId, taskId });
  desk('officer').give('workflow.finishTask', { documentId, taskId, words: 'Đã báo cáo' });
  await until('the head hears of it', () => taskAt('head') === 'awaiting');
  desk('head').give('workflow.approveTask', { documentId, taskId, words: '' });
  await until('it is done', () => stateAt('officer') === 'done');
  return letter;
}

/** What the archivist lends comes from the server, to whoever asked for it alone, and until it is given back. */
async function readByTheClerkAlone({ documentId, file }: Awaited<ReturnType<typeof aLetter>>) {
  const readingId = ReadingIdSchema.parse(ids.document());
  const stateAt = (who: keyof typeof desks) => readState(desk(who).db, readingAggregate, readingId)?.state;
  const piece = (who: keyof typeof desks) =>
    desk(who)
      .speak('/v1/reading/piece', { reading: readingId, offset: 0 }, ReadingPieceSchema)
      .catch((error: unknown) => (error as Error).message);
  desk('clerk').give('reading.ask', { readingId, wanted: 'Công văn đã xử lý', purpose: 'Đối chiếu' });
  await until('the archive is asked', () => stateAt('archivist') === 'asked');
  expect(await piece('clerk')).toBe('reading.over');
  const lent = { readingId, document: documentId, until: dayOf(systemClock.now()) };
  desk('archivist').give('reading.lend', lent, true);
  await until('it is lent', () => stateAt('clerk') === 'lent');
  expect(stateAt('officer')).toBeUndefined();
  expect(await piece('clerk')).toMatchObject({ hash: file.hash, size: file.size });
  expect([await piece('archivist'), await piece('officer')]).toEqual(['reading.over', 'reading.over']);
  desk('clerk').give('reading.end', { readingId }, true);
  await until('it is given back', () => stateAt('archivist') === 'ended');
  expect(await piece('clerk')).toBe('reading.over');
}
