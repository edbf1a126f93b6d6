import { z } from 'zod';
import {
  AgendaItemIdSchema,
  DocumentIdSchema,
  HashSchema,
  InstantSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  PaperIdSchema,
  PersonIdSchema,
  type PersonId,
} from '../kernel/public.ts';
import { BodyRulesSchema, seatPosts } from './body-model.ts';
import { paperNames } from './paper-kinds.ts';
import { meetingStates } from './transitions.ts';

const line = (max: number) => z.string().trim().max(max);

/** People sitting together, wherever they are; or a round of votes in writing, in which nobody sits together. */
export const meetingKinds = ['session', 'round'] as const;

export const MeetingFieldsSchema = z
  .object({
    title: line(300).min(1),
    place: line(200),
    startsAt: InstantSchema,
    endsAt: InstantSchema,
  })
  .refine(({ startsAt, endsAt }) => startsAt <= endsAt);

export const AnswerSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('accepts') }),
  z.object({ is: z.literal('declines'), reason: line(500).min(1) }),
  z.object({ is: z.literal('sends'), substitute: PersonIdSchema, reason: line(500).min(1) }),
]);
export type Answer = Readonly<z.infer<typeof AnswerSchema>>;

export const inviteeRoles = [...seatPosts, 'substitute', 'guest'] as const;
export const InviteeSchema = z.object({
  person: PersonIdSchema,
  as: z.enum(inviteeRoles),
  votes: z.boolean(),
  /** For whom a substitute came. */
  for: PersonIdSchema.nullable(),
  answer: AnswerSchema.nullable(),
});
export type Invitee = Readonly<z.infer<typeof InviteeSchema>>;

export const waysToAttend = ['room', 'remote', 'absent'] as const;
export const PresenceSchema = z.object({
  how: z.enum(waysToAttend),
  /** Whether they are there at this moment. */
  here: z.boolean(),
  reason: line(500),
  /** Each time they were there. */
  turns: z.array(z.object({ from: InstantSchema, to: InstantSchema.nullable() })),
});
export type Presence = Readonly<z.infer<typeof PresenceSchema>>;

export const speechKinds = ['order', 'speech'] as const;
export const SpeechSchema = z.object({
  n: z.int().min(1),
  person: PersonIdSchema,
  item: AgendaItemIdSchema.nullable(),
  /** A point of order comes before whoever only wants to speak. */
  kind: z.enum(speechKinds),
  askedAt: InstantSchema,
  calledAt: InstantSchema.nullable(),
  /** The time they were given when they were called. */
  seconds: z.int().nullable(),
  endedAt: InstantSchema.nullable(),
});
export type Speech = Readonly<z.infer<typeof SpeechSchema>>;

export const ShownSchema = z.object({
  item: AgendaItemIdSchema,
  paper: PaperIdSchema.nullable(),
  page: z.int().min(1).max(10_000),
});

/** As many items as one agenda has, and as many guests as are asked in. */
export const mostItems = 100;
export const mostGuests = 500;

export const MeetingSchema = z.object({
  id: MeetingIdSchema,
  body: MeetingBodyIdSchema,
  kind: z.enum(meetingKinds),
  title: z.string(),
  place: z.string(),
  startsAt: InstantSchema,
  endsAt: InstantSchema,
  state: z.enum(meetingStates),
  organiser: PersonIdSchema,
  chair: PersonIdSchema,
  secretary: PersonIdSchema,
  /** The body's rules as they were when it was called together; nothing changes them on the way. */
  rules: BodyRulesSchema.nullable(),
  invitees: z.array(InviteeSchema),
  /** Who reads of it. */
  people: z.array(PersonIdSchema),
  /** Its items by their ids alone: what an item says is its own readers' to know. */
  order: z.array(AgendaItemIdSchema),
  presence: z.record(z.string(), PresenceSchema),
  /** Who votes for whom. */
  proxies: z.array(z.object({ from: PersonIdSchema, to: PersonIdSchema })),
  /** SHA-256 of the meeting's id and the code on the wall of the room; null where no code is asked. */
  code: HashSchema.nullable(),
  shown: ShownSchema.nullable(),
  speeches: z.array(SpeechSchema),
  begunAt: InstantSchema.nullable(),
  endedAt: InstantSchema.nullable(),
  cancelledBecause: z.string().nullable(),
  /** The minutes as the secretary and the chair signed them. */
  minutes: DocumentIdSchema.nullable(),
  /** The drafts of its papers, abandoned ones too, in the order they were begun. */
  papers: z.array(z.object({ paper: z.enum(paperNames), document: DocumentIdSchema })),
});
export type Meeting = Readonly<z.infer<typeof MeetingSchema>>;

export function inviteeOf({ invitees }: Pick<Meeting, 'invitees'>, person: PersonId): Invitee | null {
  return invitees.find((one) => one.person === person) ?? null;
}

export function isPresiding(
  { chair, secretary, organiser }: Pick<Meeting, 'chair' | 'secretary' | 'organiser'>,
  person: PersonId,
): boolean {
  return person === chair || person === secretary || person === organiser;
}
