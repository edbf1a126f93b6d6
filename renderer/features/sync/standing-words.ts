import type { Instant } from '#shared/kernel/public.ts';
import type { Standing } from '#shared/sync/public.ts';
import { sayInstant } from '../../ui/moments.ts';
import type { SyncState } from '../../ui/sync-dot.tsx';
import type { Words } from '../../ui/words.ts';

export type SaidStanding = Readonly<{
  state: SyncState;
  label: string;
  sentence: string;
  lines: readonly string[];
  done: number | null;
}>;

/** The one thing to say of a desk and its server, the most pressing first. */
export function sayStanding(standing: Standing, now: Instant, words: Words): SaidStanding {
  const { because, since, refused, left, ofLeft, unsent, unsafe, toSend, toFetch } = standing;
  const newer = standing.deferred === 0 ? [] : [words('sync.deferred', { count: standing.deferred })];
  const lines = [...newer, ...sayWaiting(standing, words)];
  const told = (
    state: SyncState,
    key: string,
    values: Record<string, string | number> = {},
  ): SaidStanding => ({
    state,
    label: words(`sync.${key}`, values),
    sentence: words(`sync.${key}.sentence`, { host: standing.host, ...values }),
    lines,
    done: null,
  });
  if (standing.state === 'stopped') {
    const sentence = words(`refusal.sync.stopped-${because ?? 'unknown-device'}`);
    return { ...told('trouble', 'stopped'), sentence };
  }
  if (refused > 0) return told('trouble', 'refused', { count: refused });
  if (standing.state === 'paused') return told('owed', 'paused', { what: sayOwed(standing, words) });
  if (standing.state === 'away') {
    const when = since === null ? '' : sayInstant(since, now, words);
    return told('owed', 'away', { when, what: sayOwed(standing, words) });
  }
  if (left !== null && left > firstPages) {
    const percent = ofLeft === null ? 0 : Math.floor((1 - left / ofLeft) * 100);
    return { ...told('owed', 'coming', { count: left, percent }), done: percent / 100 };
  }
  if (unsent > 0 || toSend > 0) {
    return told('owed', 'sending', { count: unsent, what: sayOwed(standing, words) });
  }
  if (toFetch > 0) {
    return told('owed', 'fetching', { count: toFetch, size: saySize(standing.bytesToFetch, words) });
  }
  if (unsafe > 0) return told('owed', 'recorded', { count: unsafe });
  return left === null ? told('owed', 'asking') : told('safe', 'safe');
}

/** A page or two of news is not worth a word. */
const firstPages = 1000;
const mostKinds = 6;

/** What is still to be sent: `3 việc, 2 tệp (14 MB)`. */
function sayOwed({ unsent, toSend, bytesToSend }: Standing, words: Words): string {
  if (toSend === 0) return words('sync.owed.commands', { count: unsent });
  return words('sync.owed.both', { count: unsent, files: toSend, size: saySize(bytesToSend, words) });
}

/** The same by what was done, the most frequent first. */
function sayWaiting({ kinds }: Standing, words: Words): readonly string[] {
  const said = kinds
    .slice(0, mostKinds)
    .map(({ name, count }) => words('sync.owed.kind', { what: words(`command.${name}`), count }));
  const more = kinds.slice(mostKinds).reduce((sum, { count }) => sum + count, 0);
  return more === 0 ? said : [...said, words('sync.owed.more', { count: more })];
}

function saySize(bytes: number, words: Words): string {
  if (bytes < 1_000_000) return words('sync.size.kb', { size: Math.max(1, Math.round(bytes / 1000)) });
  return words('sync.size.mb', { size: Math.round(bytes / 1_000_000) });
}
