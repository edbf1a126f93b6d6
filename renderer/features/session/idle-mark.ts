const name = 'antin.idle';

/** Whether this window was locked because nobody used it; kept over a reload of the window. */
export function wasIdle(): boolean {
  return sessionStorage.getItem(name) !== null;
}

export function markIdle(): void {
  sessionStorage.setItem(name, '1');
}

export function endOfIdle(): void {
  sessionStorage.removeItem(name);
}
