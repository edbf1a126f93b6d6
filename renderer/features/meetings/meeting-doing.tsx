import { assertNever, type PaperId, type AgendaItemId } from '#shared/kernel/public.ts';
import type { AgendaItem, MeetingPage, Stance } from '#shared/meetings/public.ts';
import { ask, core } from '../../app/client.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useWords } from '../../ui/use-words.ts';
import { AnswerDialog } from './answer-dialog.tsx';
import { BringDialog } from './bring-dialog.tsx';
import { ChairDialog } from './chair-dialog.tsx';
import { DescribeDialog } from './describe-dialog.tsx';
import { GuestsDialog } from './guests-dialog.tsx';
import { ItemDialog } from './item-dialog.tsx';
import { OpenVoteDialog } from './open-vote-dialog.tsx';
import { useMeetingAsk } from './use-meeting-ask.ts';

export type Doing =
  | Readonly<{ kind: 'describe' | 'answer' | 'guests' | 'chair' | 'cancel' }>
  | Readonly<{ kind: 'item'; item: AgendaItem | null }>
  | Readonly<{ kind: 'bring'; item: AgendaItem; file: File; instead: PaperId | null }>
  | Readonly<{ kind: 'position'; itemId: AgendaItemId; stance: Stance; title: string }>
  | Readonly<{ kind: 'openVote'; item: AgendaItem }>;

type MeetingDialogsProps = Readonly<{ page: MeetingPage; doing: Doing; onClose: () => void }>;

/** The dialog of the act that was chosen. */
export function MeetingDialogs({ page, doing, onClose }: MeetingDialogsProps) {
  const { meeting } = page;
  switch (doing.kind) {
    case 'describe':
      return <DescribeDialog meeting={meeting} onClose={onClose} />;
    case 'answer':
      return <AnswerDialog meeting={meeting} onClose={onClose} />;
    case 'guests':
      return <GuestsDialog meeting={meeting} onClose={onClose} />;
    case 'chair':
      return <ChairDialog meeting={meeting} onClose={onClose} />;
    case 'cancel':
      return <CancelDialog page={page} onClose={onClose} />;
    case 'item':
      return <ItemDialog meeting={meeting} item={doing.item} onClose={onClose} />;
    case 'bring':
      return <BringDialog meetingId={meeting.id} {...doing} onClose={onClose} />;
    case 'position':
      return <PositionDialog page={page} doing={doing} onClose={onClose} />;
    case 'openVote':
      return <OpenVoteDialog meeting={meeting} item={doing.item} onClose={onClose} />;
    default:
      return assertNever(doing);
  }
}

function CancelDialog({ page: { meeting }, onClose }: Readonly<{ page: MeetingPage; onClose: () => void }>) {
  const words = useWords();
  const act = useMeetingAsk(onClose);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={words('meetings.act.cancel')}
      text={words('meetings.cancel.text')}
      confirm={words('meetings.act.cancel')}
      danger
      busy={act.busy}
      error={act.error}
      onConfirm={(reason) => {
        const body = { meetingId: meeting.id, reason };
        act.send(() => ask(core.meetings.cancel, body), words('meetings.cancelled'));
      }}
    />
  );
}

type PositionDialogProps = Readonly<{
  page: MeetingPage;
  doing: Extract<Doing, { kind: 'position' }>;
  onClose: () => void;
}>;

function PositionDialog({ page: { meeting }, doing, onClose }: PositionDialogProps) {
  const words = useWords();
  const act = useMeetingAsk(onClose);
  const { itemId, stance, title } = doing;
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={words(`meetings.stance.${stance}`)}
      text={title}
      label={words('meetings.position.words')}
      confirm={words('meetings.position.send')}
      busy={act.busy}
      error={act.error}
      onConfirm={(said) => {
        const body = { meetingId: meeting.id, itemId, stance, words: said };
        act.send(() => ask(core.meetings.takePosition, body), null);
      }}
    />
  );
}
