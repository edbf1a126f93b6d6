import type { Meeting, Speech } from './meeting-model.ts';

/** Who waits to speak: points of order first, then as they asked. */
export function waitingToSpeak({ speeches }: Pick<Meeting, 'speeches'>): readonly Speech[] {
  const waiting = speeches.filter(({ calledAt, endedAt }) => calledAt === null && endedAt === null);
  return waiting.toSorted((a, b) => Number(b.kind === 'order') - Number(a.kind === 'order') || a.n - b.n);
}

/** Who has the floor. */
export function speakingNow({ speeches }: Pick<Meeting, 'speeches'>): Speech | null {
  return speeches.find(({ calledAt, endedAt }) => calledAt !== null && endedAt === null) ?? null;
}

/** The seconds that a speaker had the floor, in all. */
export function secondsSpoken({ calledAt, endedAt }: Speech): number {
  if (calledAt === null || endedAt === null) return 0;
  return Math.round((Date.parse(endedAt) - Date.parse(calledAt)) / 1000);
}
