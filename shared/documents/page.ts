import { z } from 'zod';
import {
  DaySchema,
  DocumentIdSchema,
  HashSchema,
  InstantSchema,
  MeetingIdSchema,
  PersonIdSchema,
  TaskIdSchema,
  UnitIdSchema,
  VoteIdSchema,
} from '../kernel/public.ts';
import { DocumentSchema, HolderSchema, UrgencySchema, lineages } from './model.ts';

/** One line of a list. Names of people and units are looked up in the directory by id. */
export const DocumentRowSchema = z.object({
  id: DocumentIdSchema,
  direction: z.enum(['incoming', 'outgoing']),
  state: z.string(),
  kind: z.string(),
  notation: z.string(),
  subject: z.string(),
  /** Who it came from; for our own papers the drafter's unit. */
  issuer: z.string(),
  unit: UnitIdSchema.nullable(),
  drafter: PersonIdSchema.nullable(),
  issuedOn: DaySchema.nullable(),
  arrivalNumber: z.int().nullable(),
  arrivedOn: DaySchema.nullable(),
  urgency: UrgencySchema,
  holder: HolderSchema.nullable(),
  since: InstantSchema,
  dueOn: DaySchema.nullable(),
  returned: z.boolean(),
  /** Something about it was done on this machine and is not with the server yet. */
  onlyHere: z.boolean(),
  /** It was registered here; the server has not given it its number. */
  awaitsNumber: z.boolean(),
});
export type DocumentRow = z.infer<typeof DocumentRowSchema>;

export const inboxReasons = [
  'register',
  'direct',
  'assign',
  'do',
  'judge',
  'answer-recall',
  'sent-back',
  'not-arrived',
  'recall-declined',
  'opinion',
  'visa',
  'initials',
  'sign',
  'bring',
  'revise',
  'draft',
  'write',
  'number',
  'seal',
  'issue',
  'vote',
  'wait',
] as const;

/** One thing that waits for the reader (or, with `wait`, one the reader waits for), and what it asks. */
export const InboxItemSchema = z.object({
  why: z.enum(inboxReasons),
  task: TaskIdSchema.nullable(),
  /** A vote in writing that the reader is reminded of. */
  vote: VoteIdSchema.nullable(),
  since: InstantSchema,
  dueOn: DaySchema.nullable(),
  late: z.boolean(),
  document: DocumentRowSchema.nullable(),
  /** What a meeting gave or asks has no paper: by the meeting's title, what was said, and who does it. */
  meeting: z
    .object({
      id: MeetingIdSchema,
      title: z.string(),
      words: z.string(),
      person: PersonIdSchema.nullable(),
    })
    .nullable(),
});
export type InboxItem = z.infer<typeof InboxItemSchema>;

/** One act of a document's story, in the order it was recorded. */
export const TimelineActSchema = z.object({
  seq: z.int(),
  at: InstantSchema,
  actor: PersonIdSchema,
  onBehalfOf: PersonIdSchema.nullable(),
  type: z.string(),
  body: z.unknown(),
});
export type TimelineAct = z.infer<typeof TimelineActSchema>;

export const LinkedSchema = z.object({
  relation: z.enum(['repliesTo', 'repliedBy', 'duplicateOf', ...lineages]),
  document: DocumentRowSchema,
});

/** Where what happened to a document is kept: a desk of its own has no server; safe is held in two places (`sync.md` 3.5). */
export const KeptSchema = z.enum(['alone', 'here', 'recorded', 'safe']);
export type Kept = z.infer<typeof KeptSchema>;

export const DocumentPageSchema = z.object({
  document: DocumentSchema,
  row: DocumentRowSchema,
  timeline: z.array(TimelineActSchema),
  linked: z.array(LinkedSchema),
  entryHash: HashSchema,
  kept: KeptSchema,
  /** The command the server was asked for and has not answered: a number, a copy. */
  asked: z.string().nullable(),
});
export type DocumentPage = z.infer<typeof DocumentPageSchema>;
