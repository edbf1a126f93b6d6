import type { AggregateRef } from '#shared/kernel/public.ts';
import type { Decided } from '#shared/node/sequencer/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';

/** How a room keeps its read models: in the transaction of the acts, or emptied and folded again from the log. */
export type Projection = Readonly<{
  name: string;
  apply: (db: WriteDb, decided: Decided) => void;
  clear: (db: WriteDb) => void;
  /** Takes back what was kept of one aggregate: its acts are folded again, or none of them is left. */
  forget: (db: WriteDb, ref: AggregateRef, left: 'some' | 'none') => void;
  /** After a rebuild, what does not come from the log (such as the text of files) is laid on again. */
  afterRebuild?: (db: WriteDb) => void;
}>;
