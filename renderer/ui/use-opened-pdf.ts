import { useEffect, useState } from 'react';
import { openPdf, pdfFault, type OpenedPdf, type PdfFault, type RangeSource } from './pdf-file.ts';

type Size = Readonly<{ width: number; height: number }>;

export type Opening = Readonly<
  | { state: 'opening'; source: null }
  | { state: 'fault'; source: RangeSource; fault: PdfFault }
  | { state: 'open'; source: RangeSource; opened: OpenedPdf; size: Size }
>;

const comingMs = 1500;

/** Opens a file for showing and closes it when it is no longer shown; `keepPlace` keeps the old one until the new is there. */
export function useOpenedPdf(source: RangeSource, keepPlace: boolean): Opening {
  const [turn, setTurn] = useState(0);
  const [opening, setOpening] = useState<Opening>({ state: 'opening', source: null });
  useEffect(() => {
    let left = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    openPdf(source)
      .then(async (opened) => {
        const first = await opened.pdf.getPage(1);
        const { width, height } = first.getViewport({ scale: 1 });
        if (left) {
          opened.close();
          return;
        }
        setOpening({ state: 'open', source, opened, size: { width, height } });
      })
      .catch((error: unknown) => {
        if (left) return;
        const fault = pdfFault(error);
        setOpening({ state: 'fault', source, fault });
        // It is on its way here: looked for until it has come.
        if (fault === 'coming') again = setTimeout(() => setTurn((past) => past + 1), comingMs);
      });
    return () => {
      left = true;
      clearTimeout(again);
    };
  }, [source, turn]);
  const shown = opening.state === 'open' ? opening.opened : null;
  // Closed once nothing shows it any more: its pages are asked for until then.
  useEffect(
    () => () => {
      shown?.close();
    },
    [shown],
  );
  // Another file shows as opening at once, unless the old page should stay until the new one is there.
  return opening.source === source || keepPlace ? opening : { state: 'opening', source: null };
}
