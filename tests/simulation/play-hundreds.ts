import { playSeed } from './play-seed.ts';

// Another beginning is another two thousand stories; `antin simulate` plays as many as one likes.
const from = Number(process.env['ANTIN_SEED'] ?? 1);

/** The first seeds of ten hundreds, after `skipped` others. */
export function hundreds(skipped: number): readonly number[] {
  return Array.from({ length: 10 }, (_, place) => from + skipped + place * 100);
}

/** Every run tells short stories; `antin simulate` and the soak tell the same ones at length. */
const stepsInARun = 40;

/** What a story has to be about now and then: a calm that found nothing would prove nothing. */
export const misfortunes = [
  'server went down before a commit',
  'disk full at the server',
  'server restored',
  'server started anew',
  'desk went down',
  'desk went back to a copy',
  'desk started anew',
  'request lost',
  'request twice',
  'request altered',
  'piece lost',
  'piece twice',
  'piece altered',
  'words lost',
  'words twice',
  'server went down over a file',
  'server restored without later files',
  'server overtaken',
  'an overtaken server refused',
  'desk lost its power',
  'draft submitted',
  'co-writers named',
  'pried',
  'rights changed',
  'block given',
  'number out of a block',
  'number out of a block, offline',
  'number of a block misused',
  'block given back',
  'block ran out',
  'sync.voidLease',
  'desk lost',
] as const;

export type Hundred = Readonly<{
  faults: Readonly<Record<number, readonly string[]>>;
  happened: readonly string[];
}>;

export async function playHundred(first: number): Promise<Hundred> {
  const faults: Record<number, readonly string[]> = {};
  const happened = new Set<string>();
  for (let seed = first; seed < first + 100; seed += 1) {
    const played = await playSeed(seed, { steps: stepsInARun });
    if (played.faults.length > 0) faults[seed] = played.faults;
    for (const what of Object.keys(played.counts)) happened.add(what);
  }
  return { faults, happened: [...happened] };
}
