import {
  IconArrowBackUp,
  IconCheck,
  IconEdit,
  IconFilePencil,
  IconLink,
  IconPlayerPause,
  IconPlayerPlay,
  IconProgress,
  IconSend,
  IconUserCheck,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { DocumentPage, Incoming } from '#shared/documents/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import type { Action } from '../../ui/action-bar.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { IncomingDialog } from './incoming-dialog.tsx';
import { incomingOffers, type IncomingOffer, type IncomingOfferId } from './incoming-offers.ts';
import type { OfferedActions } from './outgoing-actions.tsx';
import { useIncomingAct } from './use-incoming-act.ts';
import { useDraftAnswer } from './use-draft-answer.ts';

export const offerLooks: Readonly<
  Record<IncomingOfferId, Readonly<{ icon: Icon; keys?: string; danger?: boolean }>>
> = {
  direct: { icon: IconSend, keys: 'C' },
  withdrawDirection: { icon: IconArrowBackUp },
  assignTask: { icon: IconUserCheck, keys: 'P' },
  acceptTask: { icon: IconCheck, keys: 'N' },
  reportProgress: { icon: IconProgress, keys: 'B' },
  finishTask: { icon: IconCheck, keys: 'X' },
  approveTask: { icon: IconCheck, keys: 'D' },
  rejectTask: { icon: IconArrowBackUp, keys: 'R' },
  returnTask: { icon: IconArrowBackUp },
  pauseTask: { icon: IconPlayerPause },
  resumeTask: { icon: IconPlayerPlay },
  draftAnswer: { icon: IconFilePencil, keys: 'T' },
  linkReply: { icon: IconLink },
  correct: { icon: IconEdit },
  refuse: { icon: IconX, danger: true },
};

/** The acts on a received paper for the person at the desk, with the dialogs they open. */
export function useIncomingActions(
  page: DocumentPage,
  document: Incoming,
  tasks: readonly Task[],
): OfferedActions {
  const words = useWords();
  const { person } = useMe();
  const whoCan = useWhoCan();
  const [asking, setAsking] = useState<IncomingOffer | null>(null);
  const act = useIncomingAct(page, () => {
    setAsking(null);
  });
  const answer = useDraftAnswer(page);
  const offers = incomingOffers({ document, tasks, me: person });
  const run = (offer: IncomingOffer): void => {
    if (offer.id === 'acceptTask' && offer.task !== null) act.send({ id: 'acceptTask', task: offer.task });
    else if (offer.id === 'draftAnswer') answer.start();
    else {
      act.reset();
      setAsking(offer);
    }
  };
  const actions = offers.map((offer): Action => {
    const who = whoCan(offer.id, document, offer.task);
    return {
      id: offer.id,
      label: words(`documents.act.${offer.id}`),
      ...offerLooks[offer.id],
      busy: offer.id === 'draftAnswer' && answer.busy,
      whyNot:
        offer.refusal === null
          ? null
          : { reason: sentenceOf(offer.refusal, words), ...(who === '' ? {} : { whoCan: who }) },
      run: () => {
        run(offer);
      },
    };
  });
  const dialogs =
    asking === null ? null : (
      <IncomingDialog
        key={`${asking.id}-${document.id}`}
        offer={asking}
        page={page}
        document={document}
        act={act}
        onClose={() => {
          setAsking(null);
        }}
      />
    );
  return { actions, dialogs };
}

/** Who can do what this person cannot. */
function useWhoCan() {
  const { holderName, nameOf, whoHas } = useDirectory();
  return (id: IncomingOfferId, document: Incoming, task: Task | null): string => {
    if (id === 'direct') return holderName(document.holder) ?? whoHas(['leader', 'chief']);
    if (id === 'approveTask' || id === 'rejectTask') return task === null ? '' : nameOf(task.giver);
    if (id === 'refuse' || id === 'correct') return whoHas(['clerk']);
    return '';
  };
}
