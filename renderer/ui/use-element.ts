import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** The inner width of an element in px, as it changes. */
export function useWidth(target: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const element = target.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => {
      setWidth(element.clientWidth);
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
    };
  }, [target]);
  return width;
}

/** Keys pressed while the focus is anywhere inside. */
export function useKeysWithin(
  target: RefObject<HTMLElement | null>,
  press: (event: KeyboardEvent) => void,
): void {
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const element = target.current;
    const listen = (event: KeyboardEvent): void => {
      latest.current(event);
    };
    element?.addEventListener('keydown', listen);
    return () => {
      element?.removeEventListener('keydown', listen);
    };
  }, [target]);
}
