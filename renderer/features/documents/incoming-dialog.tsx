import type { DocumentPage, Incoming } from '#shared/documents/public.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useWords } from '../../ui/use-words.ts';
import { CorrectionDialog } from './correction-dialog.tsx';
import { DirectionDialog } from './direction-dialog.tsx';
import { referenceOf, titleOf } from './document-words.ts';
import type { IncomingOffer } from './incoming-offers.ts';
import { LinkReplyDialog } from './link-reply-dialog.tsx';
import { AssignDialog, ProgressDialog } from './task-dialogs.tsx';
import type { IncomingAct, TaskAct, TaskWordsId } from './use-incoming-act.ts';

type IncomingDialogProps = Readonly<{
  offer: IncomingOffer;
  page: DocumentPage;
  document: Incoming;
  act: IncomingAct;
  onClose: () => void;
}>;

/** The dialog of the act that was asked for. */
export function IncomingDialog(props: IncomingDialogProps) {
  const { offer, page, document, act, onClose } = props;
  const words = useWords();
  const { task } = offer;
  if (offer.id === 'direct') {
    const { id, leadTask } = document;
    const directed = { id, reference: referenceOf(page, words), title: titleOf(page, words) };
    return (
      <DirectionDialog opened onClose={onClose} documents={[{ ...directed, hasLead: leadTask !== null }]} />
    );
  }
  if (offer.id === 'correct') {
    return <CorrectionDialog document={document} act={act} onClose={onClose} />;
  }
  if (offer.id === 'linkReply') {
    return <LinkReplyDialog document={document} act={act} onClose={onClose} />;
  }
  if (task !== null) return <TaskDialog {...{ offer, act, onClose }} />;
  return (
    <WordsDialog
      {...{ offer, act, onClose }}
      onConfirm={(reason) => {
        if (offer.id === 'refuse' || offer.id === 'withdrawDirection') act.send({ id: offer.id, reason });
      }}
    />
  );
}

type TaskDialogProps = Readonly<{ offer: IncomingOffer; act: TaskAct; onClose: () => void }>;

/** The dialog of an act on a task. */
export function TaskDialog({ offer, act, onClose }: TaskDialogProps) {
  const { task } = offer;
  const { busy, error } = act;
  if (offer.id === 'assignTask' && task !== null) {
    return (
      <AssignDialog
        {...{ task, busy, error, onClose }}
        onConfirm={(answer) => {
          act.send({ id: 'assignTask', task, ...answer });
        }}
      />
    );
  }
  if (offer.id === 'reportProgress' && task !== null) {
    return (
      <ProgressDialog
        {...{ task, busy, error, onClose }}
        onConfirm={(answer) => {
          act.send({ id: 'reportProgress', task, ...answer });
        }}
      />
    );
  }
  return (
    <WordsDialog
      {...{ offer, act, onClose }}
      onConfirm={(said) => {
        const { id } = offer;
        if (task === null) return;
        if (isRemark(id)) act.send({ id, task, words: said });
        if (id === 'rejectTask' || id === 'returnTask' || id === 'pauseTask') {
          act.send({ id, task, reason: said });
        }
      }}
    />
  );
}

function isRemark(id: IncomingOffer['id']): id is TaskWordsId {
  return id === 'finishTask' || id === 'approveTask' || id === 'resumeTask';
}

type WordsDialogProps = Omit<TaskDialogProps, 'act'> &
  Readonly<{ act: Pick<TaskAct, 'busy' | 'error'>; onConfirm: (said: string) => void }>;

/** The acts that ask for words only: with a reason, or with a remark that may be left out. */
function WordsDialog({ offer: { id }, act, onClose, onConfirm }: WordsDialogProps) {
  const words = useWords();
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={words(`documents.act.${id}`)}
      text={words(`documents.ask.${id}`)}
      confirm={words(`documents.act.${id}`)}
      danger={id === 'refuse'}
      required={!isRemark(id)}
      busy={act.busy}
      error={act.error}
      onConfirm={onConfirm}
      {...(isRemark(id) ? { label: words('task.remark') } : {})}
    />
  );
}
