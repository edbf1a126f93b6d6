import type { SimulatedDesk } from './simulated-desk.ts';

/** A part of office life in a story: how large a share of the steps it has, what somebody does, what must hold at the end. */
export type Part = Readonly<{
  /** All shares together are at most 0.9; the rest is misfortune and time that passes. */
  share: number;
  act: (one: SimulatedDesk) => Promise<void>;
  /** Whose desk it happens at, where it is not anybody's. */
  at?: () => SimulatedDesk;
  /** What is so before the first day. */
  begin?: () => Promise<void>;
  /** What the office looks after by itself when the weather has cleared. */
  tick?: () => Promise<void>;
  /** A sentence for each thing that does not hold. */
  faults: () => Promise<readonly string[]>;
}>;
