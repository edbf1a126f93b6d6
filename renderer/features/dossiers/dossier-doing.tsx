import { type Dossier, type DossierPage } from '#shared/dossiers/public.ts';
import { assertNever, type DocumentId } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useWords } from '../../ui/use-words.ts';
import { ProposeFromDossier } from '../meetings/public.ts';
import { CloseDialog } from './close-dialog.tsx';
import { DossierDialog } from './dossier-dialog.tsx';
import { dossiersPath } from './dossier-paths.ts';
import { KeepBackDialog } from './keep-back-dialog.tsx';
import { OfferDialog } from './offer-dialog.tsx';
import { PackageDialog } from './package-dialog.tsx';
import { PassOnDialog } from './pass-on-dialog.tsx';
import { ReceiptDialog } from './receipt-dialog.tsx';
import type { DossierAsk } from './use-dossier-ask.ts';

export type Doing =
  | Readonly<{ kind: 'close' | 'describe' | 'part' | 'passOn' | 'package' | 'toMeeting' }>
  | Readonly<{ kind: 'offer' | 'keepBack' | 'transfer' }>
  | Readonly<{ kind: 'reopen' }>
  | Readonly<{ kind: 'withdraw' }>
  | Readonly<{ kind: 'takeOut'; document: DocumentId }>;

type DossierDialogsProps = Readonly<{
  page: DossierPage;
  doing: Doing;
  act: DossierAsk;
  /** Another act that this one leads to. */
  onDo: (doing: Doing) => void;
  onClose: () => void;
}>;

/** The dialog of the act that was chosen. */
export function DossierDialogs({ page, doing, act, onDo, onClose }: DossierDialogsProps) {
  const { go } = useRouter();
  const { dossier } = page;
  switch (doing.kind) {
    case 'describe':
      return <DossierDialog doing={{ kind: 'describe', dossier }} onClose={onClose} onDone={onClose} />;
    case 'part':
      return (
        <DossierDialog
          doing={{ kind: 'part', whole: dossier }}
          onClose={onClose}
          onDone={(made) => {
            onClose();
            go(pathTo(dossiersPath, { id: made }));
          }}
        />
      );
    case 'close':
      return <CloseDialog page={page} act={act} onDo={onDo} onClose={onClose} />;
    case 'passOn':
      return <PassOnDialog dossier={dossier} act={act} onClose={onClose} />;
    case 'toMeeting':
      return <ProposeFromDossier dossier={dossier} onClose={onClose} />;
    case 'package':
      return <PackageDialog dossier={dossier} onClose={onClose} />;
    case 'offer':
      return <OfferDialog first={dossier} onClose={onClose} />;
    case 'keepBack':
      return <KeepBackDialog dossier={dossier} act={act} onClose={onClose} />;
    case 'transfer':
      return <ReceiptDialog dossier={dossier} act={act} onClose={onClose} />;
    case 'takeOut':
    case 'reopen':
    case 'withdraw':
      return <WithReason dossier={dossier} doing={doing} act={act} onClose={onClose} />;
    default:
      return assertNever(doing);
  }
}

type WithReasonProps = Readonly<{
  dossier: Dossier;
  doing: Extract<Doing, { kind: 'takeOut' | 'reopen' | 'withdraw' }>;
  act: DossierAsk;
  onClose: () => void;
}>;

function WithReason({ dossier: { id: dossierId, handing }, doing, act, onClose }: WithReasonProps) {
  const words = useWords();
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={words(`dossiers.act.${doing.kind}`)}
      text={words(`dossiers.ask.${doing.kind}`)}
      confirm={words(`dossiers.act.${doing.kind}`)}
      busy={act.busy}
      error={act.error}
      onConfirm={(reason) => {
        const { kind } = doing;
        if (kind === 'reopen') {
          act.send({ id: kind, run: () => ask(core.dossiers.reopen, { dossierId, reason }) });
        } else if (kind === 'withdraw') {
          if (handing === undefined) return;
          const body = { handOverId: handing.handOver, reason };
          act.send({ id: kind, run: () => ask(core.handOvers.withdraw, body) });
        } else {
          const body = { dossierId, documents: [doing.document], reason };
          act.send({ id: kind, run: () => ask(core.dossiers.takeOut, body) });
        }
      }}
    />
  );
}
