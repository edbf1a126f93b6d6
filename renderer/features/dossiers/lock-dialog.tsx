import { useState } from 'react';
import type { Locking } from '#shared/dossiers/public.ts';
import { LockIdSchema, type DocumentId, type DossierId } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { FilePick, PaperPick, type Picked } from './lock-picks.tsx';
import { useDossierAsk } from './use-dossier-ask.ts';

type LockDialogProps = Readonly<{
  as: Locking['kind'];
  /** A case that more files come under; null for a new one. */
  adding: Locking | null;
  onClose: () => void;
}>;

const blank = { title: '', basis: '', askedBy: '', reason: '' };

/** Holds files for a case, or freezes files and single papers: which, for whom and why. */
export function LockDialog({ as, adding, onClose }: LockDialogProps) {
  const words = useWords();
  const act = useDossierAsk(onClose);
  const [id] = useState(() => LockIdSchema.parse(newId()));
  const [typed, setTyped] = useState(blank);
  const [files, setFiles] = useState<readonly Picked<DossierId>[]>([]);
  const [papers, setPapers] = useState<readonly Picked<DocumentId>[]>([]);
  const fields = adding !== null ? (['reason'] as const) : as === 'hold' ? holdFields : freezeFields;
  const isMissing = files.length + papers.length === 0 || fields.some((field) => typed[field].trim() === '');
  const title = words(adding === null ? `holds.act.${as}` : 'holds.act.add');
  const { title: name, basis, askedBy, reason } = typed;
  const dossiers = files.map((one) => one.id);
  const documents = papers.map((one) => one.id);
  const send = () => {
    if (adding !== null) return ask(core.holds.add, { lockId: adding.id, dossiers, reason });
    if (as === 'hold') {
      return ask(core.holds.open, { lockId: id, title: name, basis, askedBy, reason, dossiers });
    }
    return ask(core.freezes.set, { lockId: id, title: name, reason, dossiers, documents });
  };
  return (
    <FormDialog
      title={title}
      confirm={title}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={isMissing}
      size="lg"
      onSubmit={() => {
        act.send({ id: 'lay', run: send });
      }}
    >
      {fields.map((field, place) => (
        <TextField
          key={field}
          label={words(`holds.field.${field}`)}
          value={typed[field]}
          onChange={(value) => {
            setTyped((known) => ({ ...known, [field]: value }));
          }}
          required
          takesFocus={place === 0}
          maxLength={field === 'title' || field === 'askedBy' ? 200 : 500}
        />
      ))}
      <FilePick picked={files} onPick={setFiles} />
      {as === 'freeze' && <PaperPick picked={papers} onPick={setPapers} />}
    </FormDialog>
  );
}

const holdFields = ['title', 'askedBy', 'basis', 'reason'] as const;
const freezeFields = ['title', 'reason'] as const;
