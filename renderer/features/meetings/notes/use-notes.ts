import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { NoteIdSchema, type MeetingId } from '#shared/kernel/public.ts';
import type { PrivateNote } from '#shared/meetings/public.ts';
import { ask, core, newId } from '../../../app/client.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';

export type NoteMarks = Omit<PrivateNote, 'id' | 'at'>;

export type Notes = Readonly<{
  own: readonly PrivateNote[];
  /** Keeps a new note, or what one has become. */
  keep: (marks: NoteMarks, before?: PrivateNote) => void;
  drop: (note: PrivateNote) => void;
  /** Gives it to everybody who reads the item, instead of keeping it for oneself. */
  share: (note: PrivateNote) => void;
}>;

const none: readonly PrivateNote[] = [];

/** What this person noted in a meeting; it is in no log, so nothing but its own changes are followed. */
export function useNotes(meetingId: MeetingId): Notes {
  const words = useWords();
  const client = useQueryClient();
  const queryKey = ['meetings', 'notes', meetingId];
  const { data } = useQuery({ queryKey, queryFn: () => core.meetings.notes({ meetingId }) });
  const changing = useMutation({
    mutationFn: (change: () => Promise<unknown>) => change(),
    onSettled: () => client.invalidateQueries({ queryKey }),
    onError: (error) => {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  });
  const change = changing.mutate;
  return {
    own: data?.notes ?? none,
    keep: (marks, before) => {
      const id = before?.id ?? NoteIdSchema.parse(newId());
      change(() => core.meetings.keepNote({ id, ...marks }));
    },
    drop: (note) => {
      change(async () => {
        await core.meetings.dropNote({ id: note.id });
        const undo = (): void => {
          change(() => core.meetings.keepNote(marksAndId(note)));
        };
        toast({ text: words('noted.dropped'), undo });
      });
    },
    share: (note) => {
      const { id, ...marks } = marksAndId(note);
      change(async () => {
        await ask(core.meetings.shareNote, { meetingId, id, marks });
        await core.meetings.dropNote({ id });
        toast({ text: words('noted.shared') });
      });
    },
  };
}

function marksAndId({ id, item, paper, words, rectangles, strokes }: PrivateNote) {
  return { id, item, paper, words, rectangles, strokes };
}
