import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { dossierAggregate } from '#shared/dossiers/public.ts';
import { AgencyIdSchema, DossierIdSchema, instantFrom, type Command } from '#shared/kernel/public.ts';
import { readState } from '#electron/store/read-state.ts';
import type { Desk } from '#electron/store/desk.ts';
import { commandOf, newId, openBenchDesk, peopleOf, type LargeOffice } from './large-office.ts';
import type { SyncRow } from './sync/rows.ts';

const papersAtOnce = 60;
const endedOn = '2026-11-30';

type Size = Readonly<{ documents: number; parts: number }>;

/** What is asked of closing: a file with 1,650 parts and 18,000 papers, each handled, within five seconds. */
export function benchClosing(folder: string, { documents, parts }: Size): readonly SyncRow[] {
  const desk = openBenchDesk(
    join(folder, 'office.db'),
    new Uint8Array(randomBytes(32)),
    AgencyIdSchema.parse(newId()),
  );
  const people = peopleOf(desk);
  const whole = DossierIdSchema.parse(newId());
  must(desk, [opening(people, whole, { code: '01.VP', parent: null })]);
  const places = Array.from({ length: parts }, () => newId());
  for (const part of places) must(desk, [opening(people, part, { code: '01.VP', parent: whole })]);
  const each = Math.ceil(documents / parts);
  for (let from = 0; from < documents; from += papersAtOnce) {
    const made = Array.from({ length: Math.min(papersAtOnce, documents - from) }, (_none, index) =>
      handled(from + index, people),
    );
    must(
      desk,
      made.flatMap(({ commands }) => commands),
    );
    const byPart = Map.groupBy(made, (_paper, index) => places[Math.floor((from + index) / each)] ?? whole);
    must(
      desk,
      [...byPart].map(([dossierId, papers]) =>
        commandOf(people.clerk, 'dossiers.file', {
          dossierId,
          documents: papers.map(({ documentId }) => documentId),
        }),
      ),
    );
  }
  const beginning = performance.now();
  must(desk, [commandOf(people.clerk, 'dossiers.close', { dossierId: whole, endedOn })]);
  const seconds = (performance.now() - beginning) / 1000;
  const closed = readState(desk.db, dossierAggregate, whole);
  const offering = performance.now();
  const handOverId = newId();
  must(desk, [commandOf(people.clerk, 'handOvers.offer', { handOverId, dossiers: [whole] })]);
  const offered = (performance.now() - offering) / 1000;
  const isOffered = readState(desk.db, dossierAggregate, whole)?.state === 'offered';
  desk.db.close();
  if (!isOffered) throw new Error('It was not handed over');
  if (closed?.state !== 'closed' || closed.parts.length !== parts) throw new Error('It was not closed');
  const name = `a file of ${documents} papers in ${parts} parts, looked through and closed`;
  return [
    { row: null, name, value: seconds, unit: 's', gate: { most: 5 } },
    {
      row: null,
      name: '  the same, handed over to the archive',
      value: offered,
      unit: 's',
      gate: { most: 10 },
    },
  ];
}

function must(desk: Desk, commands: readonly Command[]): void {
  for (const reply of desk.executeAll(commands)) {
    if (!reply.ok) throw new Error(`The bench office refused: ${reply.refusal.code}`);
  }
}

type People = LargeOffice['people'];

function opening(
  people: People,
  dossierId: string,
  { code, parent }: Readonly<{ code: string; parent: string | null }>,
): Command {
  const words = { title: 'Hồ sơ giải quyết khiếu nại năm 2026', keywords: '', description: '' };
  const fields = { code, ...words, retention: 20, mode: 'open', startedOn: '2026-01-05' };
  return commandOf(people.clerk, 'dossiers.open', { dossierId, fields, maker: people.clerk, parent });
}

/** Received, registered, directed, handled: a paper with the task that was given on it. */
function handled(index: number, people: People) {
  const documentId = newId();
  const taskId = newId();
  const hash = createHash('sha256').update(`${index}`).digest('hex');
  const file = { hash, size: 1000, name: `${index}.pdf`, pages: 1 };
  const fields = {
    number: String(index + 1),
    symbol: 'UBND-VP',
    issuedOn: '2026-11-02',
    issuer: 'Ủy ban nhân dân tỉnh',
    kind: 'Công văn',
    subject: `Về việc giải quyết đơn số ${index + 1}`,
    signer: '',
    signerPost: '',
    urgency: 'normal',
    dueOn: null,
    copies: 1,
    note: '',
  };
  const suggestion = { fields: {}, confidence: {}, method: 'none' };
  const check = { verdict: 'unsigned', reasons: [], signers: [], at: instantFrom(Date.now()) };
  const lead = { task: taskId, role: 'lead', to: { kind: 'person', id: people.officer }, dueOn: null };
  const task = { taskId, documentId };
  const commands = [
    commandOf(people.clerk, 'documents.receive', { documentId, file, hasScript: false, suggestion, check }),
    commandOf(people.clerk, 'documents.registerIncoming', { documentId, fields, presentTo: people.leader }),
    commandOf(people.leader, 'workflow.direct', {
      documentId,
      words: 'Xem xét',
      assignments: [lead],
      inform: [],
    }),
    commandOf(people.officer, 'workflow.finishTask', { ...task, words: 'Đã xong' }),
    commandOf(people.leader, 'workflow.approveTask', { ...task, words: 'Đồng ý' }),
  ];
  return { documentId, commands };
}
