import { useQuery } from '@tanstack/react-query';
import {
  IconArchive,
  IconArrowBackUp,
  IconBuildingArch,
  IconClockPause,
  IconFolderPlus,
  IconFolderX,
  IconPackage,
  IconPencil,
  IconRotate,
  IconUserShare,
  IconUsersGroup,
} from '@tabler/icons-react';
import {
  handOverDue,
  whyNotClosedDossier,
  whyNotOffer,
  whyNotOpenDossier,
  whyNotPack,
  whyNotWithdraw,
  type Dossier,
  type DossierPage,
  type DossierState,
  type HandOver,
} from '#shared/dossiers/public.ts';
import type { Refusal } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { ActionBar, type Action } from '../../ui/action-bar.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import type { Doing } from './dossier-doing.tsx';

/** What can be done with a file where it stands. */
export function DossierActs({ page, onDo }: Readonly<{ page: DossierPage; onDo: (doing: Doing) => void }>) {
  const words = useWords();
  const { person, has } = useMe();
  const { nameOf } = useDirectory();
  const { dossier } = page;
  const explained = (refusal: Refusal | null): NonNullable<Action['whyNot']> | null =>
    refusal === null ? null : { reason: sentenceOf(refusal, words), whoCan: nameOf(dossier.maker) };
  const whyNot = explained(whyNotOpenDossier(dossier, person));
  const whyNotClosed = explained(whyNotClosedDossier(dossier, person));
  const one = (kind: Exclude<Doing['kind'], 'takeOut'>, more: Partial<Action>): Action => ({
    id: `dossiers.${kind}`,
    label: words(`dossiers.act.${kind}`),
    whyNot,
    run: () => {
      onDo({ kind });
    },
    ...more,
  });
  const { state, parent, retention } = dossier;
  const whyNotPacked = explained(whyNotPack(dossier, person));
  const packing = one('package', { icon: IconArchive, whyNot: whyNotPacked });
  const handing = useHandOver(dossier);
  const byState: Readonly<Record<DossierState, readonly Action[]>> = {
    open: [
      one('close', { icon: IconFolderX, keys: 'K' }),
      one('describe', { icon: IconPencil, keys: 'S' }),
      ...(parent === null ? [one('part', { icon: IconFolderPlus, keys: 'P' })] : []),
      // Whoever reads a file may raise it, and not only who keeps it.
      one('toMeeting', { icon: IconUsersGroup, keys: 'M', whyNot: null }),
      one('passOn', { icon: IconUserShare }),
    ],
    closed: [
      ...(parent === null
        ? [one('offer', { icon: IconArchive, whyNot: explained(whyNotOffer(dossier, person)) })]
        : []),
      one('reopen', { icon: IconRotate, whyNot: whyNotClosed }),
      { ...packing, icon: IconPackage },
      ...(has('leader') && handOverDue(dossier) !== null
        ? [one('keepBack', { icon: IconClockPause, whyNot: null })]
        : []),
    ],
    offered: [
      ...(handing !== null && whyNotWithdraw(handing, person) === null
        ? [one('withdraw', { icon: IconArrowBackUp, whyNot: null })]
        : []),
      packing,
    ],
    archived: [
      ...(has('archivist') && parent === null && retention === 'permanent'
        ? [one('transfer', { icon: IconBuildingArch, whyNot: null })]
        : []),
      packing,
    ],
    transferred: [packing],
    // What becomes of it now is the list's to say.
    considered: [packing],
    destroyed: [],
  };
  const actions = byState[state];
  return <ActionBar label={words('dossiers.acts')} actions={actions} />;
}

/** The hand-over that an offered file waits in; null where it is not this person's to see. */
function useHandOver({ state, handing }: Dossier): HandOver | null {
  const id = handing?.handOver ?? null;
  const { data } = useQuery({
    queryKey: ['handOvers', 'page', id],
    queryFn: () => (id === null ? null : core.handOvers.page({ handOverId: id })),
    enabled: state === 'offered' && id !== null,
    retry: false,
  });
  return data?.handOver ?? null;
}
