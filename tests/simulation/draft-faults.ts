import { personAggregate, type Person } from '#shared/directory/public.ts';
import { documentAggregate, whyNotWriter, type Outgoing } from '#shared/documents/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { sqliteTexts } from '#shared/node/draft-texts/public.ts';
import { exchange, wordsOf } from './draft-windows.ts';
import { firstWord } from './drafts.ts';
import type { World } from './world.ts';
import type { SimulatedDesk } from './simulated-desk.ts';

/** What must hold of drafts once everything is calm: every word is somewhere it is not lost, and all have the same. */
export async function draftFaults(world: World): Promise<readonly string[]> {
  const texts = sqliteTexts(world.server.db());
  const documents = [...new Set(world.writing.words.map(({ document }) => document))];
  for (const one of world.desks) {
    for (const id of documents) if (one.room.standing(id) === 'late') world.setting.count('words held back');
  }
  const merged = new Map(documents.map((id) => [id, wordsOf(texts.read(id))]));
  return [
    ...lostWords(world, merged),
    ...documents.flatMap((id) => differing(world, id, merged.get(id) ?? [])),
    ...(await spoiltSubmissions(world)),
  ];
}

function lostWords(world: World, merged: ReadonlyMap<DocumentId, readonly string[]>): string[] {
  return world.writing.words.flatMap(({ word, document, by }) => {
    if (world.writing.gone.has(word) || merged.get(document)?.includes(word) === true) return [];
    const isHeld = world.desks.some((one) => isHeldAt(world, one, document, word));
    return isHeld ? [] : [`${by.person.roles.join('+')}: a word ${word} of a draft was lost`];
  });
}

/**
 * Held back for its writer to say what becomes of it, or still on the way at a desk that may not send it now. Whoever
 * has left cannot join a server anew that came back from an old copy: their desk keeps what it has.
 */
function isHeldAt(world: World, one: SimulatedDesk, document: DocumentId, word: string): boolean {
  const standing = one.room.standing(document);
  if (!wordsOf(one.room.read(document)).includes(word)) return false;
  if (world.stateOf(personAggregate, one.person.id)?.active !== true) return true;
  return standing === 'late' || (standing !== 'even' && !mayWrite(world, one, document));
}

function paperOf(world: World, document: DocumentId): Outgoing | null {
  const paper = world.stateOf(documentAggregate, document);
  return paper?.direction === 'outgoing' ? paper : null;
}

function mayWrite(world: World, one: SimulatedDesk, document: DocumentId): boolean {
  const paper = paperOf(world, document);
  const person: Person | null = world.stateOf(personAggregate, one.person.id);
  return paper !== null && person?.active === true && whyNotWriter(paper, person) === null;
}

function differing(world: World, document: DocumentId, words: readonly string[]): string[] {
  const beginnings = words.filter((word) => word === firstWord).length;
  const isStruck = world.writing.gone.has(firstWord);
  const faults = beginnings > 1 ? ['a first state is there twice'] : [];
  if (beginnings === 0 && !isStruck && words.length > 0) faults.push('a first state is not there');
  if (new Set(words).size !== words.length && beginnings < 2) faults.push('a word is there twice');
  if (paperOf(world, document)?.state !== 'draft') return faults;
  for (const one of world.desks) {
    if (!mayWrite(world, one, document) || one.room.standing(document) === 'late') continue;
    const name = one.person.roles.join('+');
    const there = wordsOf(one.room.read(document));
    if (there.join(' ') !== words.join(' ')) faults.push(`${name}: a draft reads differently there`);
    const window = one.windows.get(document);
    if (window === undefined) continue;
    exchange(one, document, window);
    const isShown = wordsOf(window.doc).join(' ') === there.join(' ');
    if (!isShown) faults.push(`${name}: a window shows another text`);
  }
  return faults;
}

/** The bytes under a submitted name are those that stood there when it was submitted. */
async function spoiltSubmissions(world: World): Promise<string[]> {
  const decided = new Set(
    world
      .entries()
      .filter(({ entry }) => entry.command.name === 'workflow.submit' && entry.refusal === null)
      .map(({ entry }) => JSON.stringify((entry.command.body as { content: unknown }).content)),
  );
  const faults: string[] = [];
  for (const { document, hash, text } of world.writing.submitted) {
    if (!decided.has(JSON.stringify(hash))) continue;
    const size = Buffer.byteLength(text);
    const bytes = await world.server
      .blobs()
      .read(hash, 0, size + 1)
      .catch(() => null);
    const isSame = bytes !== null && Buffer.from(bytes).toString() === text;
    if (!isSame) faults.push(`${document} is not what was submitted`);
  }
  return faults;
}
