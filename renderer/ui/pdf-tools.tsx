import { useState, type ReactNode } from 'react';
import { Hint } from './hint.tsx';
import { useWords } from './use-words.ts';

type ToolProps = Readonly<{
  text: string;
  keys: string;
  act: () => void;
  disabled?: boolean;
  children: ReactNode;
}>;

/** One tool of the bar above the pages. */
export function PdfTool({ text, keys, act, disabled = false, children }: ToolProps) {
  return (
    <Hint text={text} keys={keys}>
      <button type="button" className="pdf-tool" aria-label={text} disabled={disabled} onClick={act}>
        {children}
      </button>
    </Hint>
  );
}

/** The page shown; typing another goes there. */
export function PdfPageNumber({
  page,
  count,
  goTo,
}: Readonly<{ page: number; count: number; goTo: (page: number) => void }>) {
  const words = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const go = (): void => {
    const wanted = Number(typed);
    if (typed !== null && Number.isInteger(wanted) && wanted > 0) goTo(wanted);
    setTyped(null);
  };
  return (
    <span className="pdf-number figures">
      <input
        aria-label={words('ui.pdf.goto')}
        inputMode="numeric"
        value={typed ?? String(page)}
        onFocus={(event) => {
          event.currentTarget.select();
        }}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
        onBlur={go}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go();
        }}
      />
      <span>{words('ui.pdf.of', { count })}</span>
    </span>
  );
}
