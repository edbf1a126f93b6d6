import { useCallback, useState } from 'react';

/** A small choice kept on this machine between visits (pane widths, text size); a damaged one falls back. */
export function useRemembered<Value>(
  name: string,
  parse: (kept: unknown) => Value,
): readonly [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => parse(readKept(name)));
  const keep = useCallback(
    (next: Value) => {
      setValue(next);
      try {
        localStorage.setItem(`antin.${name}`, JSON.stringify(next));
      } catch {
        // Without storage the choice lasts until the window closes.
      }
    },
    [name],
  );
  return [value, keep];
}

function readKept(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(`antin.${name}`) ?? 'null');
  } catch {
    return null;
  }
}
