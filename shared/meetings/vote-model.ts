import { z } from 'zod';
import {
  AgendaItemIdSchema,
  InstantSchema,
  MeetingIdSchema,
  PersonIdSchema,
  VoteIdSchema,
} from '../kernel/public.ts';
import { RemindDaysSchema, ResultRuleSchema } from './body-model.ts';
import { ShareSchema } from './shares.ts';

const line = (max: number) => z.string().trim().max(max);

/** By a show of hands, whose sides are not told in the minutes; by name; or so that nobody learns who said what. */
export const voteForms = ['open', 'named', 'secret'] as const;

const OptionSchema = z.object({ id: z.string().regex(/^[a-z0-9-]{1,30}$/u), name: line(200).min(1) });

export const QuestionSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('motion'), words: line(1000).min(1) }),
  /** Options or candidates: as many as there are seats win, and a ballot marks at most so many. */
  z.object({
    is: z.literal('choice'),
    words: line(1000).min(1),
    options: z.array(OptionSchema).min(2).max(200),
    seats: z.int().min(1).max(100),
    most: z.int().min(1).max(100),
  }),
]);
export type VoteQuestion = Readonly<z.infer<typeof QuestionSchema>>;

export const sides = ['yes', 'no', 'abstain'] as const;
export const ChoiceSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('motion'), side: z.enum(sides) }),
  /** Nobody marked is a blank ballot. */
  z.object({ is: z.literal('choice'), marks: z.array(z.string().max(30)).max(100) }),
]);
export type Choice = Readonly<z.infer<typeof ChoiceSchema>>;

export const BallotSchema = z.object({
  choice: ChoiceSchema,
  by: PersonIdSchema,
  at: InstantSchema,
  /** Who entered it from paper, and who saw that. */
  paper: z.object({ enteredBy: PersonIdSchema, witness: PersonIdSchema }).nullable(),
});

/** What a vote's tokens are checked with: DER, SubjectPublicKeyInfo. */
export const PublicKeySchema = z.base64().min(300).max(1200);

/** One secret ballot as it is published: no name, no time. Its serial is the key it is signed with. */
export const SecretBallotSchema = z.object({
  serial: z.string().regex(/^[\w-]{43}$/u),
  prefix: z.base64().max(64),
  token: z.base64().max(1024),
  choice: ChoiceSchema,
  signature: z.base64().length(88),
});
export type SecretBallot = Readonly<z.infer<typeof SecretBallotSchema>>;

export const CountedSchema = z.object({ needed: z.int(), has: z.int() });
export const ResultSchema = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('motion'),
    is: z.enum(['passed', 'rejected', 'no-quorum']),
    needed: z.int(),
    has: z.int(),
    quorum: CountedSchema,
    byChair: z.boolean(),
    yes: z.int(),
    no: z.int(),
    abstain: z.int(),
    silent: z.int(),
  }),
  z.object({
    of: z.literal('choice'),
    is: z.enum(['elected', 'again', 'no-quorum']),
    needed: z.int(),
    quorum: CountedSchema,
    chosen: z.array(z.string()),
    tied: z.array(z.string()),
    votes: z.record(z.string(), z.int()),
    blank: z.int(),
    silent: z.int(),
  }),
]);
export type VoteResult = Readonly<z.infer<typeof ResultSchema>>;

export const voteStates = ['unkeyed', 'open', 'counting', 'closed', 'dropped'] as const;

export const VoteSchema = z.object({
  id: VoteIdSchema,
  meeting: MeetingIdSchema,
  item: AgendaItemIdSchema,
  question: QuestionSchema,
  form: z.enum(voteForms),
  /** Who wanted it secret. */
  askedBy: PersonIdSchema.nullable(),
  /** In writing until then, with everybody taking part; null where people sit together. */
  until: InstantSchema.nullable(),
  /** Whether its outcome is the item's. */
  decides: z.boolean(),
  // Everything below was frozen when it was opened.
  rule: ResultRuleSchema,
  quorum: ShareSchema,
  counts: z.enum(['last', 'first']),
  silence: z.enum(['agrees', 'abstains']),
  /** Of a vote in writing: how many working days before its last one those who have not answered are reminded. */
  remindDays: RemindDaysSchema.optional(),
  chair: PersonIdSchema,
  openedBy: PersonIdSchema,
  openedAt: InstantSchema,
  all: z.int(),
  present: z.int(),
  electors: z.array(
    z.object({
      voter: PersonIdSchema,
      holder: PersonIdSchema,
      as: z.enum(['self', 'substitute', 'proxy']),
    }),
  ),
  state: z.enum(voteStates),
  ballots: z.record(z.string(), BallotSchema),
  publicKey: z.string().nullable(),
  /** Who has a token, for what they sent blind. */
  tokens: z.record(z.string(), z.base64()),
  box: z.array(SecretBallotSchema),
  /** When the chair's side last reminded those who had not answered. */
  remindedAt: InstantSchema.optional(),
  closedAt: InstantSchema.nullable(),
  /** Null also for a secret vote that was given up because its box was lost. */
  droppedBecause: z.string().nullable(),
  result: ResultSchema.nullable(),
});
export type Vote = Readonly<z.infer<typeof VoteSchema>>;

/** Whether a ballot says something that was asked. */
export function isAnswer(question: VoteQuestion, choice: Choice): boolean {
  if (question.is === 'motion') return choice.is === 'motion';
  if (choice.is !== 'choice' || choice.marks.length > question.most) return false;
  const known = new Set(question.options.map(({ id }) => id));
  return new Set(choice.marks).size === choice.marks.length && choice.marks.every((mark) => known.has(mark));
}
