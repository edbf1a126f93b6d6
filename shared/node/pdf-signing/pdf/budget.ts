import { PdfError } from './values.ts';

/** The work a file may cause. A hostile one runs out of it, so that reading always ends, and soon. */
export type Budget = Readonly<{
  /** Spends units of work: about one per value looked at. */
  spend: (units: number) => void;
  /** How many bytes may still be decompressed; `decoded` takes from them. */
  bytesLeft: () => number;
  decoded: (bytes: number) => void;
}>;

const maxUnits = 3_000_000;
const maxDecodedBytes = 96 * 1024 * 1024;

export function newBudget(): Budget {
  let units = maxUnits;
  let bytes = maxDecodedBytes;
  return {
    spend: (count) => {
      units -= count;
      if (units < 0) throw new PdfError('too-complex');
    },
    bytesLeft: () => bytes,
    decoded: (count) => {
      bytes -= count;
      if (bytes < 0) throw new PdfError('too-complex');
    },
  };
}

/** One signature of an authority or a responder checked: about as much work as looking at so many values. */
export const signatureCheckUnits = 3000;
