import { useState } from 'react';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/use-words.ts';

type WriteDialogProps = Readonly<{
  title: string;
  before: string;
  onClose: () => void;
  onKeep: (words: string) => void;
}>;

/** A note in words on one page of a paper. */
export function WriteDialog({ title, before, onClose, onKeep }: WriteDialogProps) {
  const words = useWords();
  const [said, setSaid] = useState(before);
  return (
    <FormDialog
      title={words('noted.write')}
      confirm={words('noted.keep')}
      onClose={onClose}
      busy={false}
      error={null}
      blocked={said.trim() === ''}
      onSubmit={() => {
        onKeep(said.trim());
      }}
    >
      <p>{title}</p>
      <TextField
        label={words('noted.words')}
        hint={words('noted.words.hint')}
        value={said}
        onChange={setSaid}
        rows={4}
        required
        maxLength={4000}
        takesFocus
      />
    </FormDialog>
  );
}
