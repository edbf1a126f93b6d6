/** Number and symbol as the paper shows them: a number below 10 takes a zero (NĐ 30 PL1 II.3). */
export function notationOf(number: number | string, symbol: string): string {
  const digits = typeof number === 'number' ? numberText(number) : number;
  if (digits === '') return symbol;
  return symbol === '' ? digits : `${digits}/${symbol}`;
}

export function numberText(number: number): string {
  return String(number).padStart(2, '0');
}
