import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Standing } from '#shared/sync/public.ts';
import { core } from '../../app/client.ts';
import { useRouter } from '../../app/router.tsx';
import { useCommands } from '../../ui/commands.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { SyncDot } from '../../ui/sync-dot.tsx';
import { useWords } from '../../ui/use-words.ts';
import { attentionPath } from './attention-page.tsx';
import { RejoinDialog } from './rejoin-dialog.tsx';
import { RepairedDialog } from './repaired-dialog.tsx';
import { TrafficDialog } from './traffic-dialog.tsx';
import { sayStanding } from './standing-words.ts';
import { standingKey } from './use-standing.ts';

type Act = Readonly<{ label: string; run: () => void }>;
type ServerStandingProps = Readonly<{
  standing: Standing;
  /** What else can be done from here. */
  acts: readonly Act[];
}>;

/** The dot of a desk with a server, and what a person can do about it. */
export function ServerStanding({ standing, acts: more }: ServerStandingProps) {
  const words = useWords();
  const { now } = useMoment();
  const { go } = useRouter();
  const [rejoining, setRejoining] = useState(false);
  const client = useQueryClient();
  const halt = async (goesOn: boolean): Promise<void> => {
    await (goesOn ? core.sync.goOn({}) : core.sync.pause({}));
    await client.invalidateQueries({ queryKey: standingKey });
  };
  const [limiting, setLimiting] = useState(false);
  const needsKey = standing.because === 'copied' || standing.because === 'unknown-device';
  const openAttention = (): void => {
    go(attentionPath);
  };
  const rejoin = (): void => {
    setRejoining(true);
  };
  const limit = (): void => {
    setLimiting(true);
  };
  useCommands([
    { id: 'sync.limits', label: words('sync.limits'), group: 'do', run: limit },
    { id: 'sync.attention', label: words('sync.attention'), group: 'go', run: openAttention },
    ...(needsKey
      ? [{ id: 'sync.rejoin', label: words('sync.rejoin'), group: 'do' as const, run: rejoin }]
      : []),
  ]);
  const isPaused = standing.state === 'paused';
  const mayPause = standing.state !== 'stopped';
  const acts = [
    ...(standing.refused > 0 ? [{ label: words('sync.attention.open'), run: openAttention }] : []),
    ...(needsKey ? [{ label: words('sync.rejoin'), run: rejoin }] : []),
    ...(mayPause
      ? [{ label: words(isPaused ? 'sync.goOn' : 'sync.pause'), run: () => void halt(isPaused) }]
      : []),
    { label: words('sync.limits'), run: limit },
    ...more,
  ];
  return (
    <>
      <SyncDot {...sayStanding(standing, now, words)} acts={acts} />
      {standing.repaired !== null && <RepairedDialog repaired={standing.repaired} />}
      <RejoinDialog
        opened={rejoining}
        onClose={() => {
          setRejoining(false);
        }}
      />
      <TrafficDialog
        opened={limiting}
        onClose={() => {
          setLimiting(false);
        }}
      />
    </>
  );
}
