import type { Standing } from '#shared/sync/public.ts';
import type { Instant } from '#shared/kernel/public.ts';
import { sayInstant } from '../../ui/moments.ts';
import type { SyncState } from '../../ui/sync-dot.tsx';
import type { Words } from '../../ui/words.ts';

export type SaidStanding = Readonly<{ state: SyncState; label: string; sentence: string }>;

/** The one thing to say of a desk and its server, the most pressing first. */
export function sayStanding(standing: Standing, now: Instant, words: Words): SaidStanding {
  const { because, since, refused, left, unsent, unsafe, toSend, toFetch } = standing;
  const told = (
    state: SyncState,
    key: string,
    values: Record<string, string | number> = {},
  ): SaidStanding => ({
    state,
    label: words(`sync.${key}`, values),
    sentence: words(`sync.${key}.sentence`, { host: standing.host, ...values }),
  });
  if (standing.state === 'stopped') {
    return {
      state: 'trouble',
      label: words('sync.stopped'),
      sentence: words(`refusal.sync.stopped-${because ?? 'unknown-device'}`),
    };
  }
  if (refused > 0) return told('trouble', 'refused', { count: refused });
  if (standing.state === 'away') {
    return told('owed', 'away', { when: since === null ? '' : sayInstant(since, now, words), count: unsent });
  }
  if (left !== null && left > firstPages) return told('owed', 'coming', { count: left });
  if (unsent > 0) return told('owed', 'sending', { count: unsent, files: toSend });
  if (toFetch > 0) return told('owed', 'fetching', { count: toFetch });
  if (unsafe > 0) return told('owed', 'recorded', { count: unsafe });
  return left === null ? told('owed', 'asking') : told('safe', 'safe');
}

/** A page or two of news is not worth a word. */
const firstPages = 1000;
