/** A message as it goes out over a line. */
export type Sending = Readonly<{
  /** The same for every try. */
  id: string;
  what: 'document' | 'status';
  /** Codes of the two agencies, as they are written on this line. */
  from: string;
  to: string;
  bytes: Uint8Array;
}>;

/** A message that lies ready, by the name the other side has for it. */
export type Waiting = Readonly<{ key: string }>;

/**
 * Taken for good, or not: then the sentence says why, for whoever looks after the line. What may pass is taken once somebody
 * has mended something here, such as a table that lacks its sender.
 */
export type Outcome = Readonly<{ taken: true } | { taken: false; sentence: string; mayPass: boolean }>;

/**
 * How messages get to an axis and back. A fault is an `AppError` `line.<fault>`; after `line.away` nothing else of the
 * line is tried for now. What was fetched waits until it is acknowledged.
 */
export type Transport = Readonly<{
  send: (sending: Sending) => Promise<void>;
  waiting: () => Promise<readonly Waiting[]>;
  fetch: (waiting: Waiting) => Promise<Uint8Array>;
  acknowledge: (waiting: Waiting, outcome: Outcome) => Promise<void>;
  /** Asks once, and changes nothing. */
  test: () => Promise<void>;
}>;

/** No message of an office is longer; whatever is, is not read into memory. */
export const mostMessageBytes = 512 * 1024 * 1024;
