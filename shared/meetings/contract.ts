import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import {
  AgendaItemIdSchema,
  CommandIdSchema,
  DaySchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  NoteIdSchema,
  PaperIdSchema,
  InstantSchema,
  PersonIdSchema,
  TaskIdSchema,
  ReplySchema,
  VoteIdSchema,
  command,
  query,
  service,
} from '../kernel/public.ts';
import { BytesSchema, ExportSchema, TableFormSchema, range } from '../documents/public.ts';
import { KeyIdSchema, PinSchema } from '../signing/public.ts';
import { TaskSchema } from '../workflow/public.ts';
import * as bodies from './body-commands.ts';
import { BodySchema } from './body-model.ts';
import * as excerpts from './excerpt-commands.ts';
import * as items from './item-commands.ts';
import { AgendaItemSchema, ItemFieldsSchema } from './item-model.ts';
import * as meetings from './meeting-commands.ts';
import { MeetingSchema, mostGuests } from './meeting-model.ts';
import * as noting from './note-commands.ts';
import * as papers from './paper-commands.ts';
import * as proposals from './proposal-commands.ts';
import { PrivateNoteSchema } from './private-notes.ts';
import { ProposalSchema } from './proposal-model.ts';
import * as sitting from './sitting-commands.ts';
import { StatisticsSchema } from './statistics.ts';
import { TellingSchema, ToldSchema } from './tellings.ts';
import * as votes from './vote-commands.ts';
import { meetingWaits } from './waiting.ts';
import { ChoiceSchema, ResultSchema, VoteSchema } from './vote-model.ts';

/** A meeting as a list shows it. */
export const MeetingRowSchema = MeetingSchema.pick({
  id: true,
  body: true,
  kind: true,
  title: true,
  place: true,
  state: true,
  startsAt: true,
}).extend({ waits: z.enum(meetingWaits).nullable() });
export type MeetingRow = z.infer<typeof MeetingRowSchema>;

/** From today on, the next one first; what waits for the person who asks; before today, the latest first. */
export const meetingWhens = ['coming', 'waiting', 'past'] as const;
export type MeetingWhen = (typeof meetingWhens)[number];

export const MeetingPageSchema = z.object({
  meeting: MeetingSchema,
  /** The place of each item; null for one that this person may not read. */
  items: z.array(z.object({ n: z.int(), item: AgendaItemSchema.nullable() })),
  quorum: z.object({ needed: z.int(), has: z.int(), met: z.boolean() }),
  /** What the body concluded before and is not done yet. */
  former: z.array(z.object({ task: TaskSchema, startsAt: InstantSchema })),
});
export type MeetingPage = z.infer<typeof MeetingPageSchema>;

export const FoundBallotSchema = z.object({
  /** `damaged` for one whose signatures do not hold. */
  state: z.enum(['not-yet', 'counted', 'absent', 'damaged']),
  choice: ChoiceSchema.nullable(),
});
export type FoundBallot = z.infer<typeof FoundBallotSchema>;

const SuggestionSchema = z.object({
  /** The meeting it is taken from; null for a body's first, or where none was this person's to see. */
  from: MeetingIdSchema.nullable(),
  title: z.string(),
  place: z.string(),
  minutes: z.int(),
  chair: PersonIdSchema.nullable(),
  secretary: PersonIdSchema.nullable(),
  startsAt: z.array(InstantSchema),
  /** What was put off stands first. */
  items: z.array(ItemFieldsSchema.extend({ postponed: z.boolean() })),
});
export type Suggestion = z.infer<typeof SuggestionSchema>;

/** A time that is taken; by which meeting only for those who sit in it. */
const BusySchema = z.object({
  meeting: MeetingRowSchema.pick({ id: true, title: true }).nullable(),
  startsAt: InstantSchema,
  endsAt: InstantSchema,
});
export type Busy = z.infer<typeof BusySchema>;

const PackStepSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('going'), papers: z.int(), of: z.int() }),
  z.object({ is: z.literal('made'), made: ExportSchema }),
]);
export type PackStep = z.infer<typeof PackStepSchema>;

const period = { from: DaySchema, to: DaySchema };

export const meetingsContract = {
  bodies: query(z.object({}), z.object({ bodies: z.array(BodySchema) })),
  list: query(
    z.object({
      text: z.string().max(200),
      when: z.enum(meetingWhens),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.object({ rows: z.array(MeetingRowSchema), total: z.int() }),
  ),
  page: query(z.object({ meetingId: MeetingIdSchema }), MeetingPageSchema),
  /** The minutes as far as they write themselves, a section each for the opening, who came, every item and the end. */
  minutesDraft: query(
    z.object({ meetingId: MeetingIdSchema }),
    z.object({ sections: z.array(z.array(z.string())) }),
  ),
  /** One thing a meeting gave, for whoever follows it, and whether they may open the meeting itself. */
  task: query(z.object({ taskId: TaskIdSchema }), z.object({ task: TaskSchema, opens: z.boolean() })),
  /** What meetings gave this person to do, or had given for them. */
  tasks: query(z.object({}), z.object({ tasks: z.array(TaskSchema) })),
  /** All papers this person reads, bound into one file or as a folder, with their name on every page; says how far it is. */
  pack: oc
    .input(z.object({ meetingId: MeetingIdSchema, form: z.enum(['pdf', 'zip']) }))
    .output(eventIterator(PackStepSchema)),
  readPaper: query(
    z.object({ itemId: AgendaItemIdSchema, paper: PaperIdSchema, n: z.int().min(1), ...range }),
    BytesSchema,
  ),
  /** Looks at an uploaded file and keeps it, then `meetings.keepPaper`. */
  bringPaper: service(
    z.object({
      commandId: CommandIdSchema,
      uploadId: z.string(),
      body: items.keepPaper.body.omit({ file: true }),
    }),
    z.object({ reply: ReplySchema }),
  ),

  /** What this person noted for themselves alone; it is at this desk and nowhere else. */
  notes: query(z.object({ meetingId: MeetingIdSchema }), z.object({ notes: z.array(PrivateNoteSchema) })),
  keepNote: service(PrivateNoteSchema.omit({ at: true }), z.object({ note: PrivateNoteSchema })),
  dropNote: service(z.object({ id: NoteIdSchema }), z.object({ ok: z.literal(true) })),
  shareNote: command(noting.shareNote),

  /** A vote, and what it would come to now; of a secret one nothing before its box is open. */
  vote: query(
    z.object({ voteId: VoteIdSchema }),
    z.object({ vote: VoteSchema, result: ResultSchema.nullable() }),
  ),
  /** Takes the voter's token and casts their ballot under no name; the serial is theirs to look up afterwards. */
  castSecret: service(
    z.object({
      commandId: CommandIdSchema,
      voteId: VoteIdSchema,
      voter: PersonIdSchema,
      choice: ChoiceSchema,
      pin: PinSchema,
      key: KeyIdSchema,
    }),
    z.object({ serial: z.string() }),
  ),
  /** What became of the ballot under a serial: only who has the serial knows whose it is. */
  findBallot: query(z.object({ voteId: VoteIdSchema, serial: z.string().max(100) }), FoundBallotSchema),

  /** What the meetings this person sat in come to in a time; and the same as a table. */
  statistics: query(z.object(period), StatisticsSchema),
  exportStatistics: service(z.object({ ...period, form: TableFormSchema }), ExportSchema),
  /** What this person proposed, and what waits for them to put it on an agenda or to return it. */
  proposals: query(
    z.object({}),
    z.object({ mine: z.array(ProposalSchema), waiting: z.array(ProposalSchema) }),
  ),
  propose: command(proposals.propose),
  returnProposal: command(proposals.returnProposal),
  withdrawProposal: command(proposals.withdrawProposal),
  /** Makes it an item and puts that last on the agenda. */
  scheduleProposal: command(proposals.scheduleProposal),

  /** What a body's next meeting begins with: the next days of its series, and the agenda of its last meeting. */
  suggest: query(z.object({ bodyId: MeetingBodyIdSchema }), SuggestionSchema),
  /** What else is in that room at that time, and who of these people is elsewhere; of a meeting they do not sit in only when. */
  conflicts: query(
    z.object({
      /** Left out, being the one that is planned. */
      meetingId: MeetingIdSchema.nullable(),
      place: z.string().max(200),
      startsAt: InstantSchema,
      endsAt: InstantSchema,
      people: z.array(PersonIdSchema).max(2 * mostGuests),
    }),
    z.object({
      place: z.array(BusySchema),
      people: z.array(z.object({ person: PersonIdSchema, busy: BusySchema })),
    }),
  ),

  setUpBody: command(bodies.setUpBody),
  arrangeSeries: command(bodies.arrangeSeries),
  seatMembers: command(bodies.seatMembers),
  endTerm: command(bodies.endTerm),
  nameSubstitutes: command(bodies.nameSubstitutes),

  convene: command(meetings.convene),
  describe: command(meetings.describeMeeting),
  arrange: command(meetings.arrange),
  invite: command(meetings.invite),
  answer: command(meetings.answerInvitation),
  handOverChair: command(meetings.handOverChair),
  begin: command(meetings.begin),
  end: command(meetings.end),
  cancel: command(meetings.cancel),
  signMinutes: command(meetings.signMinutes),
  sendExcerpt: command(excerpts.sendExcerpt),
  /** Writes the first words of a giấy mời, biên bản or thông báo kết luận, then `meetings.draftPaper`. */
  beginPaper: service(
    z.object({ commandId: CommandIdSchema, body: papers.draftPaper.body.omit({ summary: true }) }),
    z.object({ reply: ReplySchema }),
  ),

  openCheckIn: command(sitting.openCheckIn),
  checkIn: command(sitting.checkIn),
  markAttendance: command(sitting.markAttendance),
  leave: command(sitting.leave),
  giveProxy: command(sitting.giveProxy),
  showPage: command(sitting.showPage),
  askToSpeak: command(sitting.askToSpeak),
  callSpeaker: command(sitting.callSpeaker),
  endSpeech: command(sitting.endSpeech),

  putItem: command(items.putItem),
  takePosition: command(items.takePosition),
  adoptBlock: command(items.adoptBlock),
  settleItem: command(items.settleItem),
  drawConclusion: command(items.drawConclusion),
  takeNote: command(items.takeNote),

  /** Tells others in the meeting something that is kept nowhere; says whether it went out to other desks. */
  tell: service(
    z.object({ meetingId: MeetingIdSchema, telling: TellingSchema }),
    z.object({ out: z.boolean() }),
  ),
  /** What others in the meeting tell, for as long as somebody listens. */
  hear: oc
    .input(z.object({ meetingId: MeetingIdSchema }))
    .output(eventIterator(ToldSchema.omit({ meetingId: true }))),

  openVote: command(votes.openVote),
  castVote: command(votes.castVote),
  castOnPaper: command(votes.castOnPaper),
  takeToken: command(votes.takeToken),
  remindVoters: command(votes.remindVoters),
  closeVote: command(votes.closeVote),
  dropVote: command(votes.dropVote),
};
