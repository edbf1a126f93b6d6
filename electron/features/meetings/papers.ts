import { delegationAggregate, personAggregate, agencyAggregate, waysOf } from '#shared/directory/public.ts';
import type { Step } from '#shared/documents/public.ts';
import { toEditor, type Block, type CoSigner, type WorkingDraft } from '#shared/drafting/public.ts';
import {
  AppError,
  StepIdSchema,
  type CommandId,
  type DocumentId,
  type MeetingId,
  type PersonId,
  type Reply,
} from '#shared/kernel/public.ts';
import {
  linesOfPaper,
  meetingBodyAggregate,
  paperKinds,
  type Meeting,
  type PaperName,
  type Telling,
} from '#shared/meetings/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import { wordsOf } from '../../platform/words.ts';
import { readAll, readState } from '../../store/read-state.ts';
import { beginDraft, keepDraft } from '../drafting/public.ts';
import { happened, written } from './minutes.ts';

type Asked = Readonly<{
  commandId: CommandId;
  body: Readonly<{ meetingId: MeetingId; documentId: DocumentId; paper: PaperName }>;
}>;

/** Begins a paper of a meeting in the drafting room, with what happened as its first words and its signers named. */
export function beginPaper(signed: Signed, { commandId, body }: Asked): Reply {
  const { desk, drafts } = signed.open;
  const { documentId, paper } = body;
  const draft = firstWords(signed, paper, tellingOf(signed, body.meetingId));
  const { kind, template, subject, urgency, dueOn } = draft;
  const summary = { kind, template, subject, symbol: '', urgency, dueOn };
  return beginDraft({ db: desk.db, drafts }, documentId, {
    write: () => {
      keepDraft({ drafts }, documentId, draft);
    },
    decide: () => execute(signed, 'meetings.draftPaper', { commandId, body: { ...body, summary } }),
  });
}

function tellingOf(signed: Signed, id: MeetingId): Telling {
  const { db, agencyId } = signed.open.desk;
  const told = happened(signed, id);
  const agency = readState(db, agencyAggregate, agencyId)?.name ?? '';
  return { ...told, agency, body: readState(db, meetingBodyAggregate, told.meeting.body)?.name ?? '' };
}

function firstWords(signed: Signed, paper: PaperName, telling: Telling): WorkingDraft {
  const { meeting, body } = telling;
  const { kind, template } = paperKinds[paper];
  const say = wordsOf('vi');
  const lines = linesOfPaper(paper, telling);
  const blocks = lines.map((line, place): Block => {
    // NĐ 30 PL1 II.6: what a paper says ends with "./.".
    const text = place === lines.length - 1 ? `${written(line).replace(/\.$/u, '')}./.` : written(line);
    return {
      kind: line.as === 'head' ? 'paragraph' : line.as,
      runs: [{ text, bold: line.as === 'head', italic: false }],
    };
  });
  const members = { name: say('meetings.paper.members', { body }), kind: 'person' as const };
  const isAttested = paper === 'minutes' && meeting.secretary !== meeting.chair;
  const secretary: CoSigner = {
    kind: 'here',
    person: meeting.secretary,
    as: say('meetings.paper.secretary'),
  };
  return {
    kind,
    template,
    subject: say(`meetings.${paper}.subject`, { title: meeting.title }),
    urgency: 'normal',
    dueOn: null,
    addressees: [],
    bases: [],
    body: toEditor(blocks),
    recipients: paper === 'minutes' ? [] : [members],
    copies: 1,
    ...(isAttested ? { coSigners: [secretary] } : {}),
    steps: [...(isAttested ? [attesting(signed, meeting.secretary)] : []), signing(signed, meeting, kind)],
  };
}

/** NĐ 30 PL3 mẫu 1.9: the secretary signs the minutes beside the chair, and before. */
function attesting({ clock }: Signed, person: PersonId): Step {
  const id = StepIdSchema.parse(clock.newId());
  return { id, kind: 'sign', person, authority: null, delegation: null, block: 2 };
}

/** The chair, by the first right of theirs that holds for such a paper. */
function signing({ open: { desk }, clock }: Signed, { chair }: Meeting, kind: string): Step {
  const { db, agencyId } = desk;
  const signer = readState(db, personAggregate, chair);
  if (signer === null) throw new AppError('directory.unknown-person');
  const given = {
    own: readState(db, agencyAggregate, agencyId),
    delegations: readAll(db, delegationAggregate),
  };
  const [way] = waysOf(given, signer, { kind, at: desk.now() });
  const right = { authority: way?.authority ?? null, delegation: way?.delegation ?? null };
  return { id: StepIdSchema.parse(clock.newId()), kind: 'sign', person: chair, ...right };
}
