import { useState } from 'react';
import type { AgendaItem, Speech, Vote } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { ChairDialog } from '../chair-dialog.tsx';
import { AttendanceDialog } from './attendance-dialog.tsx';
import { BlockDialog, type Numbered } from './block-dialog.tsx';
import { CallSpeakerDialog } from './call-speaker-dialog.tsx';
import { CheckInDialog } from './check-in-dialog.tsx';
import { CodeDialog } from './code-dialog.tsx';
import { ConclusionDialog } from './conclusion-dialog.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { OpenVoteDialog } from './open-vote-dialog.tsx';
import { PaperBallotDialog } from './paper-ballot-dialog.tsx';
import { ProxyDialog } from './proxy-dialog.tsx';
import { SettleDialog } from './settle-dialog.tsx';
import type { Sitting } from './use-sitting.ts';
import { useSittingAsk } from './use-sitting-ask.ts';

/** What is asked of this person before an act, one thing at a time. */
export type Asked =
  | Readonly<{ is: 'check-in' | 'code' | 'attendance' | 'hand-over' | 'proxy' | 'end' }>
  | Readonly<{ is: 'call'; speech: Speech }>
  | Readonly<{ is: 'open-vote' | 'settle' | 'conclude' | 'note'; item: AgendaItem }>
  | Readonly<{ is: 'paper-ballot' | 'drop-vote'; vote: Vote }>
  | Readonly<{ is: 'block'; items: readonly Numbered[] }>;

type SittingDialogsProps = Readonly<{ sitting: Sitting; asked: Asked | null; onClose: () => void }>;

export function SittingDialogs({ sitting, asked, onClose }: SittingDialogsProps) {
  const [code, setCode] = useState<string | null>(null);
  const { meeting, me } = sitting;
  const given = { meeting, onClose };
  const about = { meetingId: meeting.id, onClose };
  if (asked === null) return null;
  switch (asked.is) {
    case 'check-in':
      return <CheckInDialog {...given} />;
    case 'code':
      return <CodeDialog {...given} code={code} onCode={setCode} />;
    case 'attendance':
      return <AttendanceDialog {...given} />;
    case 'hand-over':
      return <ChairDialog {...given} />;
    case 'proxy':
      return <ProxyDialog sitting={sitting} onClose={onClose} />;
    case 'end':
      return <EndDialog {...about} />;
    case 'call':
      return <CallSpeakerDialog {...given} speech={asked.speech} />;
    case 'block':
      return <BlockDialog {...about} items={asked.items} />;
    case 'paper-ballot':
      return <PaperBallotDialog {...given} me={me} vote={asked.vote} />;
    case 'drop-vote':
      return <DropVoteDialog vote={asked.vote} onClose={onClose} />;
    default:
      return <ItemDialog {...given} asked={asked} />;
  }
}

type ItemDialogProps = Readonly<{
  meeting: Sitting['meeting'];
  asked: Extract<Asked, { item: AgendaItem }>;
  onClose: () => void;
}>;

function ItemDialog({ meeting, asked: { is, item }, onClose }: ItemDialogProps) {
  const about = { meetingId: meeting.id, item, onClose };
  switch (is) {
    case 'open-vote':
      return <OpenVoteDialog meeting={meeting} item={item} onClose={onClose} />;
    case 'settle':
      return <SettleDialog {...about} />;
    case 'conclude':
      return <ConclusionDialog {...about} />;
    case 'note':
      return <NoteDialog {...about} />;
  }
}

type EndDialogProps = Readonly<{ meetingId: Sitting['meeting']['id']; onClose: () => void }>;

function EndDialog({ meetingId, onClose }: EndDialogProps) {
  const words = useWords();
  const act = useSittingAsk(onClose);
  return (
    <FormDialog
      title={words('command.meetings.end')}
      confirm={words('command.meetings.end')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={() => {
        act.send(() => ask(core.meetings.end, { meetingId }));
      }}
    >
      <p>{words('sitting.end.text')}</p>
    </FormDialog>
  );
}

function DropVoteDialog({ vote, onClose }: Readonly<{ vote: Vote; onClose: () => void }>) {
  const words = useWords();
  const act = useSittingAsk(onClose);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={words('command.meetings.dropVote')}
      text={words('sitting.drop.text')}
      confirm={words('command.meetings.dropVote')}
      danger
      busy={act.busy}
      error={act.error}
      onConfirm={(reason) => {
        act.send(() => ask(core.meetings.dropVote, { voteId: vote.id, reason }));
      }}
    />
  );
}
