/** All that a server tells a person of, once for each thing; its words are `alarm.<code>` (`resources/text`). */
export const alarmCodes = [
  // A parcel that is not what it says it is: nothing was believed of it.
  'exchange.altered',
  'exchange.not-for-us',
  'exchange.other-sealing',
  'exchange.malformed',
  'exchange.misaddressed',
  'exchange.from-stranger',
  'exchange.forged',
  'exchange.other-bytes',
  'exchange.receipt-of-other',
  'exchange.other-authority',
  // What is missing, or goes on only with somebody's help.
  'exchange.gap',
  'exchange.not-received',
  'exchange.not-sent',
  'exchange.receipt-not-received',
  'exchange.receipt-not-sent',
  'exchange.receipt-other-bytes',
  'exchange.hub-went-back',
  'exchange.series-behind',
  'exchange.cannot-build',
  'exchange.fewer-signatures',
  'exchange.set-aside',
  'exchange.given-up',
  'exchange.own-refused',
  // Of an edXML line: what was put aside there, and what was taken although its signature proves nothing.
  'exchange.line-refused',
  'exchange.line-stranger',
  'exchange.line-untrusted',
  // Of the server's own keeping.
  'server.backup-late',
  'server.database-damaged',
] as const;
export type AlarmCode = (typeof alarmCodes)[number];

export function isAlarmCode(code: string): code is AlarmCode {
  return (alarmCodes as readonly string[]).includes(code);
}
