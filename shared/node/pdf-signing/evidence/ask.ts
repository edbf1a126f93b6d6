/**
 * Asks a service of trust (OCSP, revocation list, time-stamp) over the network and gives its answer whole.
 * An empty body is a GET, any other a POST; it throws when nobody answers in time or the answer is too long.
 */
export type Ask = (
  request: Readonly<{ url: string; contentType: string; accept: string; body: Uint8Array }>,
) => Promise<Uint8Array>;
