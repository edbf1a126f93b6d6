import type { AggregateKind } from '#shared/kernel/public.ts';
import { exchangeInFile, noteOwed, type Exchange } from '#shared/node/exchange/public.ts';
import type { Decided } from '#shared/node/sequencer/public.ts';
import type { AgencyFolder } from '../data/agency-folder.ts';
import { boxesInFiles, type Boxes } from './boxes.ts';
import { openMirror, type Mirror } from './mirror.ts';
import { openNotes } from './notes.ts';
import { boxesInDatabase } from './postgres-boxes.ts';
import type { PostgresStore } from './postgres-store.ts';
import { serveDatabase, serveFile, type Parts, type Serving } from './serving.ts';

/** What differs by the engine of a log: who decides, what the gateway keeps, and how the folder's file is brought up. */
export type ByEngine = Readonly<{
  server: Serving;
  exchange: Exchange;
  /** The boxes of secret votes. */
  boxes: Boxes;
  /** Every state of a kind. */
  states: (kind: AggregateKind) => Promise<readonly unknown[]>;
  /** Null where the file is the log. */
  follow: Mirror['follow'] | null;
}>;

/** What a decision owes to other agencies, put down in its own transaction in the folder's file. */
export function owing({ exchange }: AgencyFolder): (decided: Decided) => void {
  return (decided) => {
    noteOwed(exchange.owe, decided);
  };
}

export async function openByEngine(
  folder: AgencyFolder,
  store: PostgresStore | null,
  parts: Omit<Parts, 'also'>,
): Promise<ByEngine> {
  if (store === null) {
    const server = serveFile(folder, { ...parts, also: owing(folder) });
    return {
      server,
      boxes: boxesInFiles(folder.boxes, server),
      exchange: exchangeInFile(folder.exchange),
      states: (kind) => Promise.resolve().then(() => folder.states(kind)),
      follow: null,
    };
  }
  const server = await serveDatabase(store, parts);
  const { exchange, inTurn } = openNotes(folder, server);
  await exchange.catchUp();
  const { follow } = openMirror(store, folder, inTurn);
  const boxes = boxesInDatabase(server, { agencyId: store.agencyId, dataKey: folder.dataKey });
  return { server, boxes, exchange, states: store.states, follow };
}
