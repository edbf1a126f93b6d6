import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { proposalsPath } from './meeting-paths.ts';
import { ProposeDialog, type ProposedDossier } from './propose-dialog.tsx';
import { useBodies } from './use-bodies.ts';

type ProposeFromDossierProps = Readonly<{ dossier: ProposedDossier; onClose: () => void }>;

/** Asks a body to take up what a file is about; leads to the proposal, where it is seen what becomes of it. */
export function ProposeFromDossier({ dossier, onClose }: ProposeFromDossierProps) {
  const { go } = useRouter();
  const { data } = useBodies();
  if (data === undefined) return null; // one local call; the dialog begins with the first body
  return (
    <ProposeDialog
      bodies={data.bodies}
      before={null}
      from={dossier}
      onClose={onClose}
      onDone={(id) => {
        onClose();
        go(pathTo(proposalsPath, { id }));
      }}
    />
  );
}
