import { Button } from '@mantine/core';
import type { FileList, ListEntry } from '#shared/dossiers/public.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { DropZone } from '../../ui/drop-zone.tsx';
import { Note } from '../../ui/gate.tsx';
import { ImportLines } from '../../ui/import-lines.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { ListLoading } from '../../ui/list-states.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import type { DossierAsk } from './use-dossier-ask.ts';
import { useListFile, type ReadList } from './use-list-file.ts';
import '../../ui/dialogs.css';

const columns = ['line', 'code', 'heading', 'title', 'retention', 'maker', 'note'] as const;

type ImportListDialogProps = Readonly<{
  year: number;
  /** What stands there now, and would be replaced. */
  list: FileList | null;
  /** The file that was dropped on the page, if one was. */
  first: File | null;
  act: DossierAsk;
  onClose: () => void;
  onTake: (entries: readonly ListEntry[]) => void;
}>;

/** A danh mục from a CSV: choose it, see what each line would become; it is taken only when every line is right. */
export function ImportListDialog({ year, list, first, act, onClose, onTake }: ImportListDialogProps) {
  const words = useWords();
  const file = useListFile(first);
  const error = act.error ?? file.error;
  const choose = (
    <DropZone
      accept=".csv,.txt,text/csv"
      multiple={false}
      help={words('dossiers.import.drop')}
      onFiles={([chosen]) => {
        if (chosen !== undefined) file.read(chosen);
      }}
    />
  );
  return (
    <DialogFrame
      size={file.list === null ? 'lg' : '80rem'}
      onClose={onClose}
      title={words('dossiers.import.title', { year })}
    >
      <div className="dialog">
        {error !== null && <Note tone="danger">{error}</Note>}
        {file.reading && <ListLoading label={words('dossiers.import')} />}
        {file.list === null && !file.reading && (
          <>
            <p>{words('dossiers.import.help')}</p>
            {choose}
            <div className="dialog-acts">
              <Button variant="default" onClick={onClose}>
                {words('ui.dialog.cancel')}
              </Button>
            </div>
          </>
        )}
        {file.list !== null && !file.reading && (
          <Confirm
            read={file.list}
            replaces={list !== null && list.entries.length > 0 ? list : null}
            busy={act.busy}
            again={choose}
            onClose={onClose}
            onTake={onTake}
          />
        )}
      </div>
    </DialogFrame>
  );
}

type ConfirmProps = Readonly<{
  read: ReadList;
  replaces: FileList | null;
  busy: boolean;
  again: React.ReactNode;
  onClose: () => void;
  onTake: (entries: readonly ListEntry[]) => void;
}>;

function Confirm({ read, replaces, busy, again, onClose, onTake }: ConfirmProps) {
  const words = useWords();
  const { lines, name: file } = read;
  const entries = lines.flatMap(({ entry }) => entry ?? []);
  const bad = lines.length - entries.length;
  const take = (): void => {
    if (bad === 0 && entries.length > 0 && !busy) onTake(entries);
  };
  useControlEnter(take);
  return (
    <>
      <p>
        {bad === 0
          ? words('dossiers.import.right', { file, count: lines.length })
          : words('dossiers.import.wrong', { file, bad, count: lines.length })}
      </p>
      {read.guessed && <Note tone="soon">{words('dossiers.import.guessed')}</Note>}
      {bad === 0 && replaces !== null && (
        <Note tone="soon">
          {words('dossiers.import.replaces', { year: replaces.year, count: replaces.entries.length })}
        </Note>
      )}
      <ImportLines
        label={words('dossiers.import.lines')}
        columns={columns.map((column) => words(`dossiers.list.column.${column}`))}
        lines={lines.map(({ line, cells, errors }) => ({
          line,
          cells: [cells.code, cells.heading, cells.title, cells.retention, cells.maker, cells.note],
          errors,
        }))}
        more={(count) => words('dossiers.import.more', { count })}
      />
      {bad > 0 && again}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        {bad === 0 && (
          <Button loading={busy} rightSection={<KeyCaps keys="Ctrl+Enter" />} onClick={take}>
            {words('dossiers.import.take', { count: entries.length })}
          </Button>
        )}
      </div>
    </>
  );
}
