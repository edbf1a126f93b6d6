import { z } from 'zod';
import {
  AgendaItemIdSchema,
  ConclusionIdSchema,
  DaySchema,
  DocumentIdSchema,
  DossierIdSchema,
  InstantSchema,
  MeetingIdSchema,
  PaperIdSchema,
  PersonIdSchema,
  TaskIdSchema,
  VoteIdSchema,
  type PersonId,
} from '../kernel/public.ts';
import { StoredFileSchema } from '../documents/public.ts';
import { SharedNoteSchema } from './private-notes.ts';
import type { Invitee, Meeting } from './meeting-model.ts';

const line = (max: number) => z.string().trim().max(max);

export const purposes = ['decide', 'discuss', 'inform'] as const;

export const AccessSchema = z.discriminatedUnion('to', [
  z.object({ to: z.literal('everybody') }),
  /** Everybody but guests. */
  z.object({ to: z.literal('members') }),
  z.object({ to: z.literal('named'), people: z.array(PersonIdSchema).min(1).max(100) }),
]);

export const ItemFieldsSchema = z.object({
  title: line(500).min(1),
  purpose: z.enum(purposes),
  rapporteur: PersonIdSchema.nullable(),
  /** How long it is meant to take. */
  minutes: z.int().min(1).max(1440),
  access: AccessSchema,
  /** Who neither reads nor decides it, being concerned in it themselves. */
  excluded: z.array(z.object({ person: PersonIdSchema, reason: line(300).min(1) })).max(50),
  /** The file it was raised from, to which what is decided goes back. */
  dossier: DossierIdSchema.nullable(),
});
export type ItemFields = Readonly<z.infer<typeof ItemFieldsSchema>>;

export const PaperVersionSchema = z.object({
  n: z.int().min(1),
  file: StoredFileSchema,
  at: InstantSchema,
  by: PersonIdSchema,
  /** Why it stands in for the version before it; empty for the first. */
  reason: line(500),
});
export const PaperSchema = z.object({
  id: PaperIdSchema,
  name: line(300).min(1),
  /** The agency's own paper that it is, where it is one. */
  document: DocumentIdSchema.nullable(),
  versions: z.array(PaperVersionSchema).min(1),
});
export type Paper = Readonly<z.infer<typeof PaperSchema>>;

/** Đồng ý · đồng ý, có ý kiến · phản đối · muốn phát biểu: said before the meeting, so that it only talks of what is open. */
export const stances = ['agrees', 'agrees-with-comment', 'objects', 'wants-to-speak'] as const;
export type Stance = (typeof stances)[number];
export const PositionSchema = z.object({ stance: z.enum(stances), words: line(2000), at: InstantSchema });

export const waysToDecide = ['block', 'vote', 'chair', 'noted', 'postponed', 'dropped'] as const;
export const DecisionSchema = z.object({
  how: z.enum(waysToDecide),
  passed: z.boolean(),
  vote: VoteIdSchema.nullable(),
  words: line(2000),
  by: PersonIdSchema,
  at: InstantSchema,
});
export type ItemDecision = Readonly<z.infer<typeof DecisionSchema>>;

export const ConclusionSchema = z.object({
  id: ConclusionIdSchema,
  words: line(2000).min(1),
  owner: PersonIdSchema.nullable(),
  dueOn: DaySchema.nullable(),
  /** What the owner does about it. */
  task: TaskIdSchema.nullable(),
});

export const AgendaItemSchema = ItemFieldsSchema.extend({
  id: AgendaItemIdSchema,
  meeting: MeetingIdSchema,
  readers: z.array(PersonIdSchema),
  papers: z.array(PaperSchema),
  positions: z.record(z.string(), PositionSchema),
  votes: z.array(VoteIdSchema),
  decision: DecisionSchema.nullable(),
  conclusions: z.array(ConclusionSchema),
  notes: z.array(z.object({ words: z.string(), by: PersonIdSchema, at: InstantSchema })),
  /** What its readers show each other. */
  shared: z.array(SharedNoteSchema),
});
export type AgendaItem = Readonly<z.infer<typeof AgendaItemSchema>>;

/** As many papers as one item has. */
export const mostPapers = 100;

/** Who may read an item: whoever prepares the meeting, and of the others those its access names and nothing keeps out. */
export function readersOf(fields: ItemFields, meeting: Meeting): PersonId[] {
  const { access, excluded, rapporteur } = fields;
  const out = new Set<PersonId>(excluded.map(({ person }) => person));
  const preparing = [meeting.organiser, meeting.chair, meeting.secretary];
  const invited = meeting.invitees.filter((one) => isNamed(one, access)).map(({ person }) => person);
  const all = new Set([...preparing, ...(rapporteur === null ? [] : [rapporteur]), ...invited]);
  return [...all].filter((person) => !out.has(person)).toSorted();
}

function isNamed({ person, as }: Invitee, access: ItemFields['access']): boolean {
  if (access.to === 'everybody') return true;
  return access.to === 'members' ? as !== 'guest' : access.people.includes(person);
}

/** Nobody objects and nobody wants to speak: silence is no objection to what everybody was asked about beforehand. */
export function isUncontested({ purpose, decision, votes, positions }: AgendaItem): boolean {
  const isOpen = purpose === 'decide' && decision === null && votes.length === 0;
  return (
    isOpen &&
    Object.values(positions).every(({ stance }) => stance === 'agrees' || stance === 'agrees-with-comment')
  );
}
