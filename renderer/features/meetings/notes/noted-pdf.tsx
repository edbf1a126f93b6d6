import { IconHighlight, IconPencil, IconWriting } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { AgendaItem, Paper, PrivateNote } from '#shared/meetings/public.ts';
import { useShortcut } from '../../../ui/commands.tsx';
import { Hint } from '../../../ui/hint.tsx';
import type { RangeSource } from '../../../ui/pdf-file.ts';
import { PdfView } from '../../../ui/pdf-view.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { NoteLayer, type NoteTool } from './note-layer.tsx';
import { NotesList, type Line } from './notes-list.tsx';
import { useNotes } from './use-notes.ts';
import { WriteDialog } from './write-dialog.tsx';
import './notes.css';

type Shown = Readonly<{ page: number }> | null;

type NotedPdfProps = Readonly<{
  item: AgendaItem;
  paper: Paper;
  n: number;
  source: RangeSource;
  label: string;
  keepPlace?: boolean;
  shown?: Shown;
  onTurned?: (page: number) => void;
}>;

/** A paper of a meeting with what this person highlights, draws and writes on it, and what others share. */
export function NotedPdf({ item, paper, n, shown = null, ...view }: NotedPdfProps) {
  const words = useWords();
  const notes = useNotes(item.meeting);
  const [tool, setTool] = useState<NoteTool | null>(null);
  const [writing, setWriting] = useState<Readonly<{ page: number; note: PrivateNote | null }> | null>(null);
  // Where a note is looked for, until somebody shows another page.
  const [sought, setSought] = useState<Readonly<{ page: number; instead: Shown }> | null>(null);
  const about = (page: number) => ({ item: item.id, paper: { id: paper.id, n, page } });
  const isHere = (one: Pick<PrivateNote, 'paper'>) => one.paper?.id === paper.id && one.paper.n === n;
  const lines: readonly Line[] = [
    ...notes.own.filter(isHere).map((note): Line => ({ ...note, own: note, by: null })),
    ...item.shared.filter(isHere).map((note): Line => ({ ...note, own: null, by: note.by })),
  ];
  const toolsOf = (page: number) => (
    <NoteTools
      tool={tool}
      onTool={setTool}
      onWrite={() => {
        setWriting({ page, note: null });
      }}
    />
  );
  const layerOf = (page: number) => (
    <NoteLayer
      marks={lines.filter((line) => line.paper?.page === page)}
      tool={tool}
      onDrawn={(made) => {
        notes.keep({ ...about(page), words: '', ...made });
      }}
    />
  );
  return (
    <div className="noted">
      <PdfView
        {...view}
        shown={sought !== null && sought.instead === shown ? sought : shown}
        tools={toolsOf}
        over={layerOf}
      />
      <NotesList
        lines={lines}
        notes={notes}
        onSeek={(page) => {
          setSought({ page, instead: shown });
        }}
        onEdit={(note) => {
          setWriting({ page: note.paper?.page ?? 1, note });
        }}
      />
      {writing !== null && (
        <WriteDialog
          title={words('noted.write.on', { name: view.label, page: writing.page })}
          before={writing.note?.words ?? ''}
          onClose={() => {
            setWriting(null);
          }}
          onKeep={(text) => {
            const { note, page } = writing;
            const { rectangles, strokes } = note ?? { rectangles: [], strokes: [] };
            notes.keep({ ...about(page), words: text, rectangles, strokes }, note ?? undefined);
            setWriting(null);
          }}
        />
      )}
    </div>
  );
}

type NoteToolsProps = Readonly<{
  tool: NoteTool | null;
  onTool: (tool: NoteTool | null) => void;
  onWrite: () => void;
}>;

function NoteTools({ tool, onTool, onWrite }: NoteToolsProps) {
  const words = useWords();
  const turn = (to: NoteTool) => () => {
    onTool(tool === to ? null : to);
  };
  useShortcut({ keys: 'H', label: words('noted.highlight'), run: turn('highlight') });
  useShortcut({ keys: 'B', label: words('noted.ink'), run: turn('ink') });
  useShortcut({ keys: 'O', label: words('noted.write'), run: onWrite });
  return (
    <>
      <Tool text={words('noted.highlight')} keys="H" pressed={tool === 'highlight'} act={turn('highlight')}>
        <IconHighlight size="1rem" stroke={1.75} aria-hidden />
      </Tool>
      <Tool text={words('noted.ink')} keys="B" pressed={tool === 'ink'} act={turn('ink')}>
        <IconWriting size="1rem" stroke={1.75} aria-hidden />
      </Tool>
      <Tool text={words('noted.write')} keys="O" act={onWrite}>
        <IconPencil size="1rem" stroke={1.75} aria-hidden />
      </Tool>
    </>
  );
}

type ToolProps = Readonly<{
  text: string;
  keys: string;
  pressed?: boolean;
  act: () => void;
  children: ReactNode;
}>;

function Tool({ text, keys, pressed, act, children }: ToolProps) {
  return (
    <Hint text={text} keys={keys}>
      <button type="button" className="pdf-tool" aria-label={text} aria-pressed={pressed} onClick={act}>
        {children}
      </button>
    </Hint>
  );
}
