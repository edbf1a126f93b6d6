import {
  IconArrowBackUp,
  IconCheck,
  IconFileImport,
  IconHash,
  IconMessage,
  IconPencil,
  IconRubberStamp,
  IconSend,
  IconSignature,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { DocumentPage, Outgoing } from '#shared/documents/public.ts';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import type { Action } from '../../ui/action-bar.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { draftPath } from '../drafting/public.ts';
import { useMe } from '../session/public.ts';
import { CircuitDialog } from './circuit-dialog.tsx';
import { circuitOffers, type CircuitOffer, type CircuitOfferId } from './circuit-offers.ts';

const looks: Readonly<Record<CircuitOfferId, Readonly<{ icon: Icon; keys?: string; danger?: boolean }>>> = {
  edit: { icon: IconPencil, keys: 'E' },
  abandon: { icon: IconTrash, danger: true },
  opinion: { icon: IconMessage, keys: 'Y' },
  visa: { icon: IconCheck, keys: 'Y' },
  initials: { icon: IconSignature, keys: 'S' },
  sign: { icon: IconSignature, keys: 'S' },
  bring: { icon: IconFileImport, keys: 'S' },
  return: { icon: IconArrowBackUp, keys: 'R' },
  withdraw: { icon: IconArrowBackUp },
  sendBack: { icon: IconArrowBackUp, keys: 'R' },
  issueWhole: { icon: IconSend, keys: 'P' },
  number: { icon: IconHash },
  seal: { icon: IconRubberStamp },
  issue: { icon: IconSend, keys: 'P' },
};

/** The acts on a paper of ours for the person at the desk, with the dialogs they open. */
export function useCircuitActs(
  page: DocumentPage,
): Readonly<{ actions: readonly Action[]; dialogs: ReactNode }> {
  const { document } = page;
  const words = useWords();
  const { go } = useRouter();
  const { person } = useMe();
  const { nameOf, whoHas } = useDirectory();
  const [asking, setAsking] = useState<CircuitOffer | null>(null);
  if (document.direction !== 'outgoing') return { actions: [], dialogs: null };
  const whoCan = (offer: CircuitOffer): Readonly<{ whoCan?: string }> => {
    if (offer.whoCan === null) return {};
    return { whoCan: offer.whoCan === 'clerk' ? whoHas(['clerk']) : nameOf(offer.whoCan) };
  };
  const actions = circuitOffers(document, person).map((offer): Action => ({
    id: offer.id,
    label: words(labelOf(offer, document)),
    ...looks[offer.id],
    whyNot: offer.refusal === null ? null : { reason: sentenceOf(offer.refusal, words), ...whoCan(offer) },
    run: () => {
      if (offer.id === 'edit') go(pathTo(draftPath, { id: document.id }));
      else setAsking(offer);
    },
  }));
  const dialogs =
    asking === null ? null : (
      <CircuitDialog
        key={`${asking.id}-${document.id}`}
        offer={asking}
        page={page}
        document={document}
        onClose={() => {
          setAsking(null);
        }}
      />
    );
  return { actions, dialogs };
}

/** A returned draft is corrected, a numbered one needs no number any more. */
function labelOf({ id }: CircuitOffer, document: Outgoing): string {
  if (id === 'edit' && document.returnedBecause !== null) return 'outgoing.act.edit.returned';
  if (id === 'issueWhole' && document.state === 'numbered') return 'outgoing.act.issueWhole.numbered';
  return `outgoing.act.${id}`;
}
