import type { DocumentPage, TimelineAct } from '#shared/documents/public.ts';
import type { Words } from '../../ui/words.ts';
import type { Directory } from '../directory/public.ts';
import { readActBody, type ActBody } from './act-body.ts';

type Told = Readonly<{ page: DocumentPage; directory: Directory; words: Words }>;

/** Acts that only carry out another of the same command; the other one tells the story. */
const companions: ReadonlySet<string> = new Set([
  'taskGiven',
  'taskPassedOn',
  'taskWithdrawn',
  'handlingStarted',
]);

/** The story in the order people read it, newest first, without the acts that only follow from another. */
export function toldActs(timeline: readonly TimelineAct[]): readonly TimelineAct[] {
  const withMain = new Set(timeline.filter((act) => !companions.has(act.type)).map((act) => act.seq));
  return timeline.filter((act) => !companions.has(act.type) || !withMain.has(act.seq)).toReversed();
}

const mark = '\u0001';

/** An act as who and what: `Trần Thị B`, `trả lại: thiếu căn cứ`. */
export function actSentence(act: TimelineAct, told: Told): Readonly<{ who: string; what: string }> {
  const { directory, words } = told;
  const actor = directory.nameOf(act.actor);
  const who =
    act.onBehalfOf === null
      ? actor
      : words('act.actingFor', { actor, name: directory.nameOf(act.onBehalfOf) });
  const body = readActBody(act.body);
  const sentence = words(keyOf(act, body, told.page), { actor: mark, ...valuesOf(act, body, told) });
  return { who, what: sentence.replace(mark, '').trim() };
}

function keyOf(act: TimelineAct, body: ActBody, page: DocumentPage): string {
  const key = `act.${act.type}`;
  const ofStep = act.type === 'stepPassed' || act.type === 'draftSigned' ? stepEnding(act, body, page) : null;
  if (ofStep !== null) return `${key}.${ofStep}`;
  if (body.byItself === true) return `${key}.byItself`;
  if (body.despite !== undefined) return `${key}.despite`;
  const said = body.words !== undefined && body.words !== '' && act.type !== 'progressReported';
  return said && saying.has(act.type) ? `${key}.said` : key;
}

/** Which of a step's sentences tells it, where the kind of step makes a difference. */
function stepEnding(act: TimelineAct, body: ActBody, page: DocumentPage): string | null {
  const { kind = null, elsewhere } = stepOf(body.step, page) ?? {};
  if (elsewhere !== undefined) return 'elsewhere';
  if (act.type === 'stepPassed' && (kind === 'initials' || kind === 'sign')) return kind;
  return kind === 'opinion' && body.words !== undefined && body.words !== '' ? 'opinion' : null;
}

/** Acts that are told with what the person wrote, when they wrote something. */
const saying: ReadonlySet<string> = new Set([
  'directionGiven',
  'handlingFinished',
  'stepPassed',
  'taskGiven',
  'taskAssigned',
  'taskFinished',
  'taskApproved',
  'taskResumed',
]);

function valuesOf(act: TimelineAct, body: ActBody, told: Told): Record<string, string | number> {
  const { page, words } = told;
  return {
    name: signerElsewhere(act, body, page) ?? nameIn(act, body, told),
    reason: body.reason ?? body.despite ?? '',
    words: body.words ?? '',
    percent: body.percent ?? 0,
    level: body.level ?? '',
    count: (body.recipients ?? body.consignments)?.length ?? 0,
    number: numberIn(act, body, page) ?? words('act.number.unknown'),
  };
}

function numberIn(act: TimelineAct, body: ActBody, page: DocumentPage): string | number | null {
  return (
    (act.type === 'documentDestroyed' ? body.number : undefined) ??
    body.arrival?.number ??
    body.notation ??
    (act.type === 'draftSubmitted' ? versionAt(act, page) : null) ??
    (body.reply === undefined ? null : replyNotation(body.reply, page))
  );
}

function nameIn(act: TimelineAct, body: ActBody, { page, directory }: Told): string {
  const { nameOf, unitName } = directory;
  if (body.assignments !== undefined) {
    return body.assignments.map(({ to }) => (to.kind === 'person' ? nameOf : unitName)(to.id)).join(', ');
  }
  if (body.file !== undefined) return body.file.name;
  if (act.type === 'attachmentRemoved') return attachmentName(body.hash, page);
  if (body.toStep !== undefined) return nameOf(stepOf(body.toStep, page)?.person ?? '');
  if (body.unit !== undefined && body.unit !== null) return unitName(body.unit);
  const person = body.presentTo ?? body.person ?? body.to ?? body.by;
  return person === undefined || person === null ? '' : nameOf(person);
}

/** Whose signature was brought back, when the act is about a step that is signed at another agency. */
function signerElsewhere({ type }: TimelineAct, body: ActBody, page: DocumentPage): string | null {
  const elsewhere = type === 'draftReturned' ? undefined : stepOf(body.step, page)?.elsewhere;
  return elsewhere === undefined ? null : `${elsewhere.name}, ${elsewhere.agency}`;
}

function stepOf(step: ActBody['step'], { document }: DocumentPage) {
  return document.direction === 'outgoing' ? document.circuit.find(({ id }) => id === step) : undefined;
}

function versionAt(act: TimelineAct, { timeline }: DocumentPage): number {
  return timeline.filter(({ type, seq }) => type === 'draftSubmitted' && seq <= act.seq).length;
}

function replyNotation(reply: string, { linked }: DocumentPage): string | null {
  return linked.find(({ document }) => document.id === reply)?.document.notation ?? null;
}

function attachmentName(hash: string | undefined, { timeline }: DocumentPage): string {
  const added = timeline.map(({ body }) => readActBody(body).file).find((file) => file?.hash === hash);
  return added?.name ?? '';
}
