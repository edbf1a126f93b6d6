import type { Decided } from '#shared/node/sequencer/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';

/** How a room keeps its read models: in the transaction of the acts, or emptied and folded again from the log. */
export type Projection = Readonly<{
  name: string;
  apply: (db: WriteDb, decided: Decided) => void;
  clear: (db: WriteDb) => void;
  /** After a rebuild, what does not come from the log (such as the text of files) is laid on again. */
  afterRebuild?: (db: WriteDb) => void;
}>;
