import * as fc from 'fast-check';
import { filingMove } from './filing-moves.ts';
import { handOverMove, type Handing } from './hand-over-moves.ts';
import {
  moves,
  people,
  seldom,
  usual,
  type Asking,
  type Move,
  type Name,
  type Pool,
} from './office-moves.ts';
import type { Engine, SmallAgency } from './small-agency.ts';

const anyPair = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...usual) },
  { weight: 2, arbitrary: fc.constantFrom(...seldom) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...people), fc.constantFrom(...(Object.keys(moves) as Name[]))),
  },
);

/** Any sequence of things tried by anybody, over minutes or months. */
export const anyDays = fc.array(
  fc
    .record({
      pair: anyPair,
      pick: fc.nat(40),
      other: fc.nat(8),
      minutes: fc.oneof(
        { weight: 9, arbitrary: fc.nat(600) },
        { weight: 1, arbitrary: fc.nat(60 * 24 * 120) },
      ),
    })
    .map(({ pair: [who, what], ...rest }): Move => ({ who, what, ...rest })),
  { minLength: 60, maxLength: 200, size: 'max' },
);

/** Plays the days in an agency; `each` sees every decision. */
export function play(
  agency: SmallAgency<Engine>,
  days: readonly Move[],
  each: (entry: ReturnType<SmallAgency<Engine>['send']>) => void = () => undefined,
): void {
  playOn(emptyPool(agency), days, each);
}

/** Nothing is there yet that a move could pick. */
export function emptyPool(agency: SmallAgency<Engine>): FullPool {
  return { agency, documents: [], tasks: [], files: [], handing: { files: [], handOvers: [] } };
}

export type FullPool = Pool & Readonly<{ agency: SmallAgency<Engine>; files: string[]; handing: Handing }>;

/** The same, going on with what is there. */
export function playOn(
  pool: FullPool,
  days: readonly Move[],
  each: (entry: ReturnType<SmallAgency<Engine>['send']>) => void = () => undefined,
): void {
  const { agency, files, handing } = pool;
  for (const move of days) {
    const { name, body, by }: Asking = moves[move.what]({ pool, move });
    each(agency.send(by ?? agency.staff[move.who].id, name, body, move.minutes));
    // Filing goes on beside the work.
    if (move.minutes % 6 > 0) continue;
    const filing = filingMove({ pool, move, files });
    each(agency.send(filing.by ?? agency.staff[move.who].id, filing.name, filing.body, 1));
    const handed = handOverMove({ pool, move, handing });
    each(agency.send(handed.by ?? agency.staff[move.who].id, handed.name, handed.body, 1));
  }
}

/** The same days every time; another seed is another year at the office. */
export const sameDays = { seed: Number(process.env['ANTIN_SEED'] ?? 20_261_123) };
