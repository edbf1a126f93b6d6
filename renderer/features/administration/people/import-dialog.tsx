import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { DropZone } from '../../../ui/drop-zone.tsx';
import { Note } from '../../../ui/gate.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { ListLoading } from '../../../ui/list-states.tsx';
import { useControlEnter } from '../../../ui/use-control-enter.ts';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { saveExampleFile } from './example-file.ts';
import { ImportPreview } from './import-preview.tsx';
import { useImport, type Preview } from './use-import.ts';
import '../../../ui/dialogs.css';

type ImportDialogProps = Readonly<{
  /** The file that was dropped on the list, if one was. */
  first: File | null;
  onClose: () => void;
}>;

/** People from a CSV file: choose it, see what each line would become, then take the good ones. */
export function ImportDialog({ first, onClose }: ImportDialogProps) {
  const words = useWords();
  const { preview, read, reading, take, taking, error } = useImport(first, onClose);
  return (
    <DialogFrame
      size={preview === null ? 'lg' : '68rem'}
      onClose={onClose}
      title={words('administration.import.title')}
    >
      <div className="dialog">
        {error !== null && <Note tone="danger">{error}</Note>}
        {reading && <ListLoading label={words('administration.import.title')} />}
        {preview === null && !reading && (
          <ChooseFile
            onFile={(file) => {
              read(file);
            }}
            onClose={onClose}
          />
        )}
        {preview !== null && !reading && (
          <Confirm preview={preview} busy={taking} onTake={take} onClose={onClose} />
        )}
      </div>
    </DialogFrame>
  );
}

function ChooseFile({ onFile, onClose }: Readonly<{ onFile: (file: File) => void; onClose: () => void }>) {
  const words = useWords();
  const { units } = useDirectory();
  return (
    <>
      <p>{words('administration.import.help')}</p>
      <DropZone
        accept=".csv,text/csv"
        multiple={false}
        help={words('administration.import.drop')}
        onFiles={([file]) => {
          if (file !== undefined) onFile(file);
        }}
      />
      <div className="dialog-acts import-acts">
        <Button
          variant="subtle"
          leftSection={<IconDownload size="1rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            saveExampleFile(units[0]?.name ?? '', words);
          }}
        >
          {words('administration.import.example')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
      </div>
    </>
  );
}

type ConfirmProps = Readonly<{
  preview: Preview;
  busy: boolean;
  onTake: (preview: Preview) => void;
  onClose: () => void;
}>;

function Confirm({ preview, busy, onTake, onClose }: ConfirmProps) {
  const words = useWords();
  const good = preview.lines.filter(({ errors }) => errors.length === 0).length;
  const bad = preview.lines.length - good;
  const take = (): void => {
    if (good > 0) onTake(preview);
  };
  useControlEnter(take);
  return (
    <>
      <p>
        {words('administration.import.found', { file: preview.name, good, bad })}{' '}
        {good === 0 ? words('administration.import.nothing') : words('administration.import.passphrases')}
      </p>
      <ImportPreview lines={preview.lines} />
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        {good > 0 && (
          <Button loading={busy} rightSection={<KeyCaps keys="Ctrl+Enter" />} onClick={take}>
            {bad === 0
              ? words('administration.import.take', { count: good })
              : words('administration.import.takeSome', { count: good, bad })}
          </Button>
        )}
      </div>
    </>
  );
}
