import { useState } from 'react';
import { AppError } from '#shared/kernel/public.ts';
import { ServerStanding, useStanding } from '../features/sync/public.ts';
import { useCommands } from '../ui/commands.tsx';
import { sayInstant } from '../ui/moments.ts';
import { useMoment } from '../ui/moment-context.tsx';
import { sentenceOf } from '../ui/sentence-of.ts';
import { SyncDot, type SyncState } from '../ui/sync-dot.tsx';
import { useWords } from '../ui/use-words.ts';
import type { Words } from '../ui/words.ts';
import { BackupDialog } from './backup-dialog.tsx';
import { useSafety, type Safety } from './use-safety.ts';

/** How well this desk's work is kept: by its server where there is one, and by its own backups. */
export function DeskSafety() {
  const words = useWords();
  const { now } = useMoment();
  const standing = useStanding();
  const safety = useSafety();
  const [arranging, setArranging] = useState(false);
  const mayArrange = safety.data?.mayArrange === true;
  const arrange = (): void => {
    setArranging(true);
  };
  const label = words('app.safety.arrange');
  useCommands(mayArrange ? [{ id: 'safety.arrange', label, group: 'do', run: arrange }] : []);
  if (standing === undefined) return null;
  const acts = mayArrange ? [{ label, run: arrange }] : [];
  return (
    <>
      {standing !== null && <ServerStanding standing={standing} acts={acts} />}
      {standing === null && safety.isError && <Lost />}
      {standing === null && safety.data !== undefined && (
        <SyncDot {...sayBackups(safety.data, (at) => sayInstant(at, now, words), words)} acts={acts} />
      )}
      {safety.data !== undefined && (
        <BackupDialog
          opened={arranging}
          onClose={() => {
            setArranging(false);
          }}
          safety={safety.data}
          isShared={standing !== null}
        />
      )}
    </>
  );
}

function Lost() {
  const words = useWords();
  return (
    <SyncDot state="trouble" label={words('app.safety.lost')} sentence={words('app.safety.lost.sentence')} />
  );
}

const mostNamed = 3;

type Said = Readonly<{ state: SyncState; label: string; sentence: string }>;

/** Never *safe* without a verified copy of everything elsewhere. */
function sayBackups(
  { seq, lastBackup, fault, damaged, databaseDamagedAt }: Safety,
  sayWhen: (at: NonNullable<Safety['lastBackup']>['at']) => string,
  words: Words,
): Said {
  const told = (state: SyncState, key: string, values: Record<string, string | number> = {}): Said => ({
    state,
    label: words(`app.safety.${key}`),
    sentence: words(`app.safety.${key}.sentence`, values),
  });
  if (databaseDamagedAt !== null) return told('trouble', 'database', { when: sayWhen(databaseDamagedAt) });
  if (fault !== null) {
    return told('trouble', 'failed', { why: sentenceOf(new AppError(fault as 'store.no-access'), words) });
  }
  if (damaged.length > 0) {
    const names = damaged.slice(0, mostNamed).join('; ');
    return told('trouble', 'damaged', { count: damaged.length, names });
  }
  if (lastBackup === null) return told('owed', 'none');
  const when = sayWhen(lastBackup.at);
  if (lastBackup.seq < seq) return told('owed', 'behind', { when, count: seq - lastBackup.seq });
  return told('safe', 'safe', { when });
}
