import { documentAggregate, whyNotWriter } from '#shared/documents/public.ts';
import { readDraft, rewrittenTo, type WorkingDraft } from '#shared/drafting/public.ts';
import {
  CommandIdSchema,
  canonicalJson,
  DocumentIdSchema,
  instantFrom,
  type DocumentId,
  type Hash,
} from '#shared/kernel/public.ts';
import { beginDraft } from '#electron/features/drafting/start.ts';
import { prepared } from '#electron/store/prepared.ts';
import { readState } from '#electron/store/read-state.ts';
import { aSummary, ids } from '../support/builders.ts';
import { aWorkingDraft, paragraph } from '../support/drafts.ts';
import { moves } from '../support/office-moves.ts';
import { closeWindow, exchange, strike, type, windowAt, wordLength, wordsOf } from './draft-windows.ts';
import { newCommandId, type Setting } from './setting.ts';
import { give, poolAt, type SimulatedDesk } from './simulated-desk.ts';

/** A word that was on a desk's disk when whoever typed it went on. */
export type Word = Readonly<{ word: string; document: DocumentId; by: SimulatedDesk; place: number }>;
/** What stood there when somebody submitted. */
export type Submitted = Readonly<{ document: DocumentId; hash: Hash; text: string }>;

/** Everything that was written in a story, and what of it nobody promised to keep. */
export type Writing = Readonly<{
  words: Word[];
  gone: Set<string>;
  submitted: Submitted[];
  clients: { last: number };
}>;

export const firstWord = 'first.';

export function newWriting(): Writing {
  return { words: [], gone: new Set(), submitted: [], clients: { last: 1000 } };
}

type At = Readonly<{
  setting: Setting;
  writing: Writing;
  desks: readonly SimulatedDesk[];
  one: SimulatedDesk;
}>;

/** Whoever sits at a desk begins, writes, shares or submits a draft. */
export async function writeSomething(at: At): Promise<void> {
  const { setting, one } = at;
  const { chance } = setting;
  settleLate(at);
  const mine = draftsOf(one);
  const document = mine[Math.floor(chance() * mine.length)];
  const kind = chance();
  if (document === undefined) {
    // Few drafts, so that several are at the same one.
    if (kind < (at.writing.words.length === 0 ? 0.5 : 0.1)) begin(at);
  } else if (kind < 0.74) {
    for (let words = kind; words < 0.74; words += 0.2) write(at, document);
    if (chance() < 0.4) closeWindow(one, document);
  } else if (kind < 0.78) strikeOut(at, document);
  else if (kind < 0.84) name(at, document);
  else if (kind < 0.96) await submit(at, document);
  else closeWindow(one, document);
}

function newClient({ clients }: Writing): number {
  return (clients.last += 1);
}

/** Drafts that whoever sits here may write now. */
function draftsOf(one: SimulatedDesk): readonly DocumentId[] {
  const all = prepared(
    one.db,
    "SELECT id FROM document WHERE direction = 'outgoing' AND state = 'draft' ORDER BY id",
  ).all() as { id: DocumentId }[];
  return all
    .map(({ id }) => id)
    .filter((id) => {
      const paper = readState(one.db, documentAggregate, id);
      return paper?.direction === 'outgoing' && whyNotWriter(paper, one.person) === null;
    });
}

function begin(at: At): void {
  const { setting, writing, one } = at;
  const documentId = DocumentIdSchema.parse(ids.document());
  const draft: WorkingDraft = aWorkingDraft({ body: { type: 'doc', content: [paragraph(firstWord)] } });
  const command = {
    id: CommandIdSchema.parse(newCommandId()),
    name: 'drafting.start',
    actor: one.person.id,
    onBehalfOf: null,
    claimedAt: instantFrom(setting.time.nowMs() + one.clockOffMs),
    body: { documentId, summary: aSummary(), repliesTo: null },
  };
  const asked = () =>
    beginDraft({ db: one.db, drafts: one.room, guards: setting.guards }, documentId, {
      write: () => {
        one.room.written(documentId, rewrittenTo(draft, null, newClient(writing)), 0);
      },
      decide: () => one.desk.execute(command),
    });
  if (!asked().ok) return;
  one.given.push({ command, text: JSON.stringify(command) });
  setting.count('draft begun');
  // Whoever is impatient asks twice.
  if (setting.chance() < 0.3) asked();
  one.keeper.nudge();
  if (setting.chance() < 0.9) name(at, documentId);
}

function write({ setting, writing, one }: At, document: DocumentId): void {
  const window = windowAt(one, document, () => newClient(writing));
  if (!exchange(one, document, window)) return;
  const place = writing.words.length;
  const word = `w${place.toString(36).padStart(wordLength - 1, '0')}`;
  type(window.doc, word, setting.chance);
  exchange(one, document, window);
  writing.words.push({ word, document, by: one, place });
  setting.count('word written');
}

function strikeOut({ setting, writing, one }: At, document: DocumentId): void {
  const window = windowAt(one, document, () => newClient(writing));
  if (!exchange(one, document, window)) return;
  const word = strike(window.doc, setting.chance);
  if (word === null) return;
  writing.gone.add(word);
  exchange(one, document, window);
}

function name({ setting, desks, one }: At, documentId: DocumentId): void {
  const people = desks.filter(() => setting.chance() < 0.75).map(({ person }) => person.id);
  if (give(setting, one, { name: 'drafting.nameCoWriters', body: { documentId, people } })) {
    setting.count('co-writers named');
  }
}

/** As the program does it: the others' words first, then the page, then the command. */
async function submit({ setting, writing, one }: At, documentId: DocumentId): Promise<void> {
  const { chance, time } = setting;
  const { life, room, blobs } = one;
  const paper = readState(one.db, documentAggregate, documentId);
  if (paper?.direction !== 'outgoing' || paper.drafter !== one.person.id) return;
  if (paper.coWriters?.length) {
    const patience = new Promise<void>((resolve) => {
      time.after(2000, resolve);
    });
    await Promise.race([one.keeper.evenDraft(documentId), patience]);
  }
  const doc = room.read(documentId);
  if (one.life !== life || doc === null) return;
  const text = canonicalJson(JSON.parse(JSON.stringify(readDraft(doc))));
  const stored = await blobs.put(new TextEncoder().encode(text));
  if (one.life !== life) return;
  const move = {
    who: 'officer',
    what: 'submit',
    pick: Math.floor(chance() * 40),
    other: 1,
    minutes: 0,
  } as const;
  const pool = poolAt(setting, one, time.nowMs() + one.clockOffMs);
  const { body } = moves.submit({ pool, move });
  const file = { ...stored, name: 'van-ban.pdf', pages: 1 };
  const asked = { ...body, documentId, file, content: stored.hash };
  if (!give(setting, one, { name: 'workflow.submit', body: asked })) return;
  closeWindow(one, documentId);
  writing.submitted.push({ document: documentId, hash: stored.hash, text });
  setting.count('draft submitted');
}

/** Words held back join the draft when it takes words again; now and then their writer lets them go. */
function settleLate({ setting, writing, one }: At): void {
  for (const document of one.room.documents()) {
    if (one.room.standing(document) !== 'late' || setting.chance() > 0.3) continue;
    const paper = readState(one.db, documentAggregate, document);
    if (paper?.direction !== 'outgoing' || whyNotWriter(paper, one.person) !== null) continue;
    if (paper.state === 'draft') {
      setting.count('late words joined');
      one.room.letJoin(document);
    } else if (setting.chance() < 0.1) {
      setting.count('late words let go');
      for (const word of wordsOf(one.room.read(document))) writing.gone.add(word);
      one.room.forget(document);
      closeWindow(one, document);
    }
  }
}
