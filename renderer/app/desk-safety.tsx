import { useQuery } from '@tanstack/react-query';
import { SyncDot } from '../ui/sync-dot.tsx';
import { sayInstant } from '../ui/moments.ts';
import { useMoment } from '../ui/moment-context.tsx';
import { useWords } from '../ui/use-words.ts';
import { ServerStanding, useStanding } from '../features/sync/public.ts';
import { core } from './client.ts';

/** How well this desk's work is kept: by its server where there is one, else by its own backups. */
export function DeskSafety() {
  const standing = useStanding();
  if (standing === undefined) return null;
  return standing === null ? <BackupSafety /> : <ServerStanding standing={standing} />;
}

/** Never *safe* without a verified copy of everything elsewhere. */
function BackupSafety() {
  const words = useWords();
  const { now } = useMoment();
  const safety = useQuery({ queryKey: ['safety'], queryFn: () => core.session.safety({}) });
  if (safety.isError) {
    return (
      <SyncDot
        state="trouble"
        label={words('app.safety.lost')}
        sentence={words('app.safety.lost.sentence')}
      />
    );
  }
  if (safety.data === undefined) return null;
  const { seq, lastBackup } = safety.data;
  if (lastBackup === null) {
    return (
      <SyncDot state="owed" label={words('app.safety.none')} sentence={words('app.safety.none.sentence')} />
    );
  }
  const when = sayInstant(lastBackup.at, now, words);
  if (lastBackup.seq < seq) {
    const sentence = words('app.safety.behind.sentence', { when, count: seq - lastBackup.seq });
    return <SyncDot state="owed" label={words('app.safety.behind')} sentence={sentence} />;
  }
  return (
    <SyncDot
      state="safe"
      label={words('app.safety.safe')}
      sentence={words('app.safety.safe.sentence', { when })}
    />
  );
}
