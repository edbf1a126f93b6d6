import { IconFolderSymlink } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import { dossiersOf, whyNotFile, type OfficialDocument } from '#shared/documents/public.ts';
import { DossierIdSchema } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { useOpenDossiers } from '../../app/open-dossiers.ts';
import type { Action } from '../../ui/action-bar.tsx';
import { Combo } from '../../ui/combo.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Note } from '../../ui/gate.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { useDossierAsk } from './use-dossier-ask.ts';

/** Puts the paper that is shown into one of the files its reader keeps. */
export function useFiling(
  document: OfficialDocument,
): Readonly<{ actions: readonly Action[]; dialogs: ReactNode }> {
  const words = useWords();
  const [asking, setAsking] = useState(false);
  const { person } = useMe();
  const mayFile = whyNotCall('dossiers.file', person) === null && whyNotFile(document) === null;
  if (!mayFile) return { actions: [], dialogs: null };
  return {
    actions: [
      {
        id: 'dossiers.file',
        label: words('dossiers.act.file'),
        icon: IconFolderSymlink,
        keys: 'H',
        run: () => {
          setAsking(true);
        },
      },
    ],
    dialogs: asking && (
      <FilingDialog
        document={document}
        onClose={() => {
          setAsking(false);
        }}
      />
    ),
  };
}

function FilingDialog({ document, onClose }: Readonly<{ document: OfficialDocument; onClose: () => void }>) {
  const words = useWords();
  const { has } = useMe();
  const [chosen, setChosen] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const act = useDossierAsk(onClose);
  // A clerk or the head of a unit keeps other people's files as well.
  const { rows, text, seek } = useOpenDossiers(!has('clerk') && !has('unit-head'));
  const inside = new Set<string>(dossiersOf(document));
  const choices = (rows ?? [])
    .filter(({ id }) => !inside.has(id))
    .map(({ id, code, title }) => ({ id, label: code, note: title }));
  const submit = (): void => {
    setAsked(true);
    if (chosen === null) return;
    const body = { dossierId: DossierIdSchema.parse(chosen), documents: [document.id] };
    act.send({ id: 'file', run: () => ask(core.dossiers.file, body) });
  };
  if (rows === null) return null; // one local call; what is typed before it has an answer finds nothing
  return (
    <FormDialog
      title={words('dossiers.act.file')}
      confirm={words('dossiers.act.file')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      onSubmit={submit}
    >
      <p>{words('dossiers.ask.file')}</p>
      {text === '' && choices.length === 0 && <Note>{words('dossiers.file.none')}</Note>}
      <Combo
        label={words('dossiers.file.which')}
        choices={choices}
        value={chosen}
        onChange={setChosen}
        onSeek={seek}
        required
        takesFocus
        error={asked && chosen === null ? words('dossiers.file.missing') : null}
      />
    </FormDialog>
  );
}
