/** What a signature of a PDF covers, and the signature itself without its padding. */
export type SignedZone = Readonly<{ content: Uint8Array; contents: Uint8Array }>;

/** The zones of every signature, in the order in which they were written; for files written here. */
export function signedZones(pdf: Uint8Array): readonly SignedZone[] {
  const text = Buffer.from(pdf).toString('latin1');
  return [...text.matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g)].map((range) => {
    const [end = 0, next = 0, rest = 0] = range.slice(1).map(Number);
    const padded = Buffer.from(text.slice(end + 1, next - 1), 'hex');
    return {
      content: Buffer.concat([pdf.subarray(0, end), pdf.subarray(next, next + rest)]),
      contents: padded.subarray(0, 4 + padded.readUInt16BE(2)),
    };
  });
}
