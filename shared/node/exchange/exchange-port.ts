import type { GatewayStore } from './gateway-store.ts';

/** What the gateway writes down for good, by the names the store has for it. When something is tried next is not of it. */
export const noteKinds = [
  'owe',
  'numberAll',
  'keepSealed',
  'giveUp',
  'handed',
  'answered',
  'replay',
  'offerSince',
  'offerAgain',
  'handAllAgain',
  'adopt',
  'keepReceived',
  'keepEvidence',
  'setAside',
  'takenUp',
  'moveTo',
  'alarm',
  'heard',
  'keepTheirs',
  'keepWritten',
  'lineLost',
  'lineHanded',
  'lineAnswered',
] as const;
export type NoteKind = (typeof noteKinds)[number];

type Writing = { readonly [Kind in NoteKind]: (...given: Parameters<GatewayStore[Kind]>) => Promise<void> };

/** The gateway's own state whatever engine the log is in: read from the folder's file, written wherever it counts. */
export type Exchange = Omit<GatewayStore, NoteKind> &
  Writing &
  Readonly<{
    /** Brings the file up to what was decided and written elsewhere. */ catchUp: () => Promise<void>;
  }>;

/** Every kind written by one function. */
export function exchangeBy(
  store: GatewayStore,
  write: (kind: NoteKind, given: readonly unknown[]) => Promise<void>,
  catchUp: () => Promise<void>,
): Exchange {
  const writing = Object.fromEntries(
    noteKinds.map((kind) => [kind, (...given: readonly unknown[]) => write(kind, given)]),
  );
  // Each kind is there, and takes what its store's method takes.
  return { ...store, ...(writing as Writing), catchUp };
}

/** Does to a store what was written of it; deterministic, so that the same notes always come to the same. */
export function takeNote(store: GatewayStore, kind: NoteKind, given: readonly unknown[]): void {
  // Given by the port, whose types are the store's own.
  (store[kind] as (...given: readonly unknown[]) => unknown)(...given);
}

/** The file is the log's own: what is written counts at once. */
export function exchangeInFile(store: GatewayStore): Exchange {
  const write = (kind: NoteKind, given: readonly unknown[]): Promise<void> =>
    Promise.resolve().then(() => {
      takeNote(store, kind, given);
    });
  return exchangeBy(store, write, () => Promise.resolve());
}
