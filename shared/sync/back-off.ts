const firstMs = 1000;
const mostMs = 30_000;

/**
 * How long to wait after so many failures in a row: doubled each time, and spread over its second half, so that the
 * desks of a building do not come back all at once. `chance` is in [0, 1).
 */
export function backOffMs(failures: number, chance: number): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.max(0, failures - 1));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
