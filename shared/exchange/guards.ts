/**
 * The safety guards of the exchange between agencies, each of which a test can take away to see that the simulation notices
 * (as in `shared/sync/guards.ts`). A program never takes one away.
 */
export const exchangeGuardNames = [
  'dedupe-envelopes',
  'same-bytes',
  'ask-first',
  'series',
  'recall-waits',
  'signed-by',
  'addressed-to',
  'receipts-again',
  'one-commit',
  'offer-again',
  'hub-seen',
  'hand-all',
  'receipts-compared',
] as const;
export type ExchangeGuard = (typeof exchangeGuardNames)[number];
export type ExchangeGuards = Readonly<Record<ExchangeGuard, boolean>>;

export const allExchangeGuards: ExchangeGuards = Object.fromEntries(
  exchangeGuardNames.map((name) => [name, true]),
) as ExchangeGuards;
