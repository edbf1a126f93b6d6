import { Button } from '@mantine/core';
import type { PersonId } from '#shared/kernel/public.ts';
import type { PrivateNote, SharedNote } from '#shared/meetings/public.ts';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import type { Notes } from './use-notes.ts';

export type Line = Omit<SharedNote, 'by'> &
  Readonly<{
    /** Null for what somebody shared. */
    own: PrivateNote | null;
    by: PersonId | null;
  }>;

type NotesListProps = Readonly<{
  lines: readonly Line[];
  notes: Notes;
  onSeek: (page: number) => void;
  onEdit: (note: PrivateNote) => void;
}>;

/** Every note on a paper by its page: one's own, which nobody else has, and what others share. */
export function NotesList({ lines, notes, onSeek, onEdit }: NotesListProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  if (lines.length === 0) return null;
  const pageOf = ({ paper }: Line) => paper?.page ?? 1;
  return (
    <section className="notes-list" aria-label={words('noted.title')}>
      <h3>
        {words('noted.title')} <span className="dim">{words('noted.private')}</span>
      </h3>
      <ul>
        {lines
          .toSorted((one, other) => pageOf(one) - pageOf(other))
          .map((line) => {
            const page = pageOf(line);
            const said = line.words === '' ? words('noted.marks') : line.words;
            return (
              <li key={line.id}>
                <button
                  type="button"
                  className="note-to one-line"
                  title={said}
                  onClick={() => {
                    onSeek(page);
                  }}
                >
                  <span className="dim figures">{words('noted.page', { page })}</span> {said}
                </button>
                {line.by !== null && (
                  <span className="dim">{words('noted.by', { name: nameOf(line.by) })}</span>
                )}
                {line.own !== null && <Acts note={line.own} notes={notes} onEdit={onEdit} />}
              </li>
            );
          })}
      </ul>
    </section>
  );
}

type ActsProps = Readonly<{ note: PrivateNote; notes: Notes; onEdit: (note: PrivateNote) => void }>;

function Acts({ note, notes, onEdit }: ActsProps) {
  const words = useWords();
  const acts = [
    [words('noted.edit'), onEdit],
    [words('noted.share'), notes.share],
    [words('noted.drop'), notes.drop],
  ] as const;
  return acts.map(([label, act]) => (
    <Button
      key={label}
      size="compact-xs"
      variant="subtle"
      onClick={() => {
        act(note);
      }}
    >
      {label}
    </Button>
  ));
}
