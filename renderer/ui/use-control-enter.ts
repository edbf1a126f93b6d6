import { useLayoutEffect, useRef } from 'react';

/** Ctrl+Enter confirms while the component is shown, from any of its fields. */
export function useControlEnter(confirm: () => void): void {
  const latest = useRef(confirm);
  // Before anything is painted: the keys are not lost that are pressed at what has just come to sight.
  useLayoutEffect(() => {
    latest.current = confirm;
  });
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    document.addEventListener('keydown', listen, { capture: true });
    return () => {
      document.removeEventListener('keydown', listen, { capture: true });
    };
  }, []);
}
