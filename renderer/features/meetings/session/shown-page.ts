import type { Meeting } from '#shared/meetings/public.ts';

export type Shown = NonNullable<Meeting['shown']>;

/** What the chair shows: what was told last, or was written down since. */
export type ShownPage = Readonly<{
  shown: Shown | null;
  /** What was told lately, which the log will say again when it rested. */
  told: readonly Readonly<{ shown: Shown; atMs: number }>[];
}>;

const echoMs = 3000;

/** The log says a page: an echo of what was told lately moves nobody back. */
export function wroteDown(before: ShownPage, shown: Shown | null, nowMs: number): ShownPage {
  const isEcho = fresh(before, nowMs).some((one) => isSame(one.shown, shown));
  return isEcho ? before : { shown, told: [] };
}

export function wasTold(before: ShownPage, shown: Shown, nowMs: number): ShownPage {
  return { shown, told: [...fresh(before, nowMs), { shown, atMs: nowMs }] };
}

export function isSame(one: Shown | null, other: Shown | null): boolean {
  return one?.item === other?.item && one?.paper === other?.paper && one?.page === other?.page;
}

function fresh({ told }: ShownPage, nowMs: number): ShownPage['told'] {
  return told.filter(({ atMs }) => nowMs - atMs < echoMs);
}
