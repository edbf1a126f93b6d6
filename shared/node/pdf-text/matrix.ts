/** How a place on a PDF page is turned and moved (ISO 32000-2, 8.3.4). */
export type Matrix = readonly [number, number, number, number, number, number];

export function matrixOf(values: readonly unknown[]): Matrix {
  const at = (index: number) => {
    const value = values[index];
    return typeof value === 'number' ? value : 0;
  };
  return [at(0), at(1), at(2), at(3), at(4), at(5)];
}

/** `n` first, then `m`. */
export function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}
