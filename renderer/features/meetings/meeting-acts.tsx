import {
  IconCheck,
  IconDoorEnter,
  IconDownload,
  IconFileText,
  IconFileZip,
  IconFlag,
  IconMail,
  IconMessageReply,
  IconPencil,
  IconPlus,
  IconUserPlus,
  IconUserShare,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { DocumentIdSchema, refuse, type Refusal } from '#shared/kernel/public.ts';
import {
  inviteeOf,
  isPresiding,
  whyNotChair,
  whyNotMeeting,
  whyNotPrepare,
  type Meeting,
  type MeetingPage,
} from '#shared/meetings/public.ts';
import { accepted, ask, core, newCommandId, newId } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { ActionBar, type Action } from '../../ui/action-bar.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { draftPath } from '../drafting/public.ts';
import { useMe } from '../session/public.ts';
import type { Doing } from './meeting-doing.tsx';
import { sessionPath } from './meeting-paths.ts';
import { useMeetingAct } from './use-meeting-ask.ts';
import { usePack } from './use-pack.ts';

type MeetingActsProps = Readonly<{ page: MeetingPage; onDo: (doing: Doing) => void }>;
type Make = (id: string, icon: Icon, run: () => void) => Action;

/** What this person is likely to do next about a meeting, first things first. */
export function MeetingActs({ page, onDo }: MeetingActsProps) {
  const words = useWords();
  const { person } = useMe();
  const { meeting } = page;
  const make: Make = (id, icon, run) => ({
    id: `meetings.${id}`,
    label: words(`meetings.act.${id}`),
    icon,
    run,
  });
  const answering = useAnswering(meeting, { make, onDo });
  const sitting = useSitting(meeting, make);
  const preparing = usePreparing(meeting, { make, onDo });
  const packing = usePacking(page, make);
  const isOwed = inviteeOf(meeting, person.id)?.answer === null;
  const actions =
    meeting.state === 'draft'
      ? preparing
      : [...(isOwed ? answering : []), ...sitting, ...preparing, ...(isOwed ? [] : answering), ...packing];
  if (actions.length === 0) return null;
  return (
    <footer className="document-acts">
      <ActionBar actions={actions} label={words('meetings.acts')} />
    </footer>
  );
}

type Tools = Readonly<{ make: Make; onDo: (doing: Doing) => void }>;

/** Coming or not, for whoever was asked; a round in writing is answered by its votes. */
function useAnswering(meeting: Meeting, { make, onDo }: Tools): readonly Action[] {
  const words = useWords();
  const { person } = useMe();
  const act = useMeetingAct();
  const invitee = inviteeOf(meeting, person.id);
  const isAsked = meeting.kind === 'session' && whyNotMeeting(meeting, 'answer', person.id) === null;
  if (!isAsked || invitee === null) return [];
  const accept = make('accept', IconCheck, () => {
    const body = { meetingId: meeting.id, answer: { is: 'accepts' as const } };
    act(() => ask(core.meetings.answer, body), words('meetings.answered'));
  });
  const otherwise = make('answer', IconMessageReply, () => {
    onDo({ kind: 'answer' });
  });
  return invitee.answer === null ? [{ ...accept, keys: 'Y' }, otherwise] : [otherwise];
}

/** Into the room while there is one, and to what came of it afterwards. */
function useSitting(meeting: Meeting, make: Make): readonly Action[] {
  const words = useWords();
  const { go } = useRouter();
  const { person } = useMe();
  const act = useMeetingAct();
  const { id: meetingId, kind, state } = meeting;
  const isOver = state === 'ended' || state === 'signed';
  const enter = (): void => {
    go(pathTo(sessionPath, { id: meetingId }));
  };
  if (isOver) return [make('after', IconFlag, enter)];
  if (state !== 'invited' && state !== 'in-session') return [];
  if (kind === 'session') return [{ ...make('enter', IconDoorEnter, enter), keys: 'V' }];
  if (whyNotChair(meeting, 'end', person.id) !== null) return [];
  return [
    make('endRound', IconFlag, () => {
      act(() => ask(core.meetings.end, { meetingId }), words('meetings.roundEnded'));
    }),
  ];
}

/** Its papers to take along, for whoever reads any. */
function usePacking({ meeting, items }: MeetingPage, make: Make): readonly Action[] {
  const { busy, make: pack } = usePack(meeting.id);
  if (!items.some(({ item }) => item !== null && item.papers.length > 0)) return [];
  return (['pdf', 'zip'] as const).map((form) => ({
    ...make(`pack.${form}`, form === 'pdf' ? IconDownload : IconFileZip, () => {
      pack(form);
    }),
    busy,
  }));
}

/** What whoever called it together, presides or keeps the minutes does before it. */
function usePreparing(meeting: Meeting, { make, onDo }: Tools): readonly Action[] {
  const words = useWords();
  const { go } = useRouter();
  const { person } = useMe();
  const { nameOf } = useDirectory();
  const act = useMeetingAct();
  const may = (event: Parameters<typeof whyNotPrepare>[1]) =>
    whyNotPrepare(meeting, event, person.id) === null;
  const explained = (refusal: Refusal): NonNullable<Action['whyNot']> => ({
    reason: sentenceOf(refusal, words),
    whoCan: nameOf(meeting.secretary),
  });
  if (!isPresiding(meeting, person.id)) return [];
  const open = (kind: 'describe' | 'guests' | 'chair' | 'cancel') => () => {
    onDo({ kind });
  };
  const draft = async (): Promise<void> => {
    const documentId = DocumentIdSchema.parse(newId());
    const body = { meetingId: meeting.id, documentId, paper: 'invitation' as const };
    accepted((await core.meetings.beginPaper({ commandId: newCommandId(), body })).reply);
    go(pathTo(draftPath, { id: documentId }));
  };
  const isDraft = meeting.state === 'draft';
  const isEmpty = meeting.order.length === 0;
  const item = make('item', IconPlus, () => {
    onDo({ kind: 'item', item: null });
  });
  const invite = make(isDraft ? 'invite' : 'guests', isDraft ? IconMail : IconUserPlus, open('guests'));
  const inviting: Action =
    isDraft && isEmpty ? { ...invite, whyNot: explained(refuse('meetings.agenda-empty')) } : invite;
  return [
    ...(may('prepare') ? [{ ...item, keys: 'T' }] : []),
    ...(may('invite') ? [inviting] : []),
    ...(may('describe') ? [{ ...make('describe', IconPencil, open('describe')), keys: 'S' }] : []),
    ...(may('draftInvitation') && !isEmpty
      ? [
          make('invitation', IconFileText, () => {
            act(draft, words('meetings.invitation.begun'));
          }),
        ]
      : []),
    ...(may('takePosition') ? [make('chair', IconUserShare, open('chair'))] : []),
    ...(may('cancel') ? [{ ...make('cancel', IconX, open('cancel')), danger: true }] : []),
  ];
}
