import type { Destruction, Lock } from '#shared/documents/public.ts';
import { Note } from '../../ui/gate.tsx';
import { formatDay } from '../../ui/moments.ts';
import { useWords } from '../../ui/use-words.ts';

type LockMarksProps = Readonly<{ locks: readonly Lock[] | undefined; destroyed: Destruction | undefined }>;

/** What keeps a file or a paper as it is, by its case or freeze and why; or by which decision it went. */
export function LockMarks({ locks = [], destroyed }: LockMarksProps) {
  const words = useWords();
  const kept = locks.filter(({ kind }) => kind !== 'closed');
  return (
    <>
      {kept.map(({ id, kind, name, reason }) => (
        <Note key={id} tone="soon">
          {words(`holds.mark.${kind}`, { name, reason })}
        </Note>
      ))}
      {destroyed !== undefined && (
        <Note tone="danger">
          {words('disposals.mark', { number: destroyed.number, day: formatDay(destroyed.decidedOn) })}
        </Note>
      )}
    </>
  );
}
