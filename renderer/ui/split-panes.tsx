import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useRemembered } from './remembered.ts';
import { useWords } from './use-words.ts';
import './split-panes.css';

type SplitPanesProps = Readonly<{
  /** Under this name the width is remembered on this machine. */
  name: string;
  /** Which pane keeps its own width; the other takes the rest. */
  sized: 'start' | 'end';
  start: ReactNode;
  end: ReactNode;
  /** When the first pane is a landmark of its own, its bar belongs to it. */
  startLandmark?: Readonly<{ role: 'navigation'; label: string }>;
  /** Widths of the sized pane, in rem. */
  width: Readonly<{ initial: number; min: number; max: number }>;
}>;

/** Two panes with a bar between them: dragged, or moved with the arrow keys; the width is remembered. */
export function SplitPanes({ name, sized, start, end, width, startLandmark }: SplitPanesProps) {
  const words = useWords();
  const [kept, keep] = useRemembered(`pane.${name}`, (value) =>
    typeof value === 'number' ? value : width.initial,
  );
  const [dragged, setDragged] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const rem = clamp(dragged ?? kept, width.min, width.max);

  const widthAt = (clientX: number): number => {
    const bounds = box.current?.getBoundingClientRect();
    if (bounds === undefined) return rem;
    const px = sized === 'start' ? clientX - bounds.left : bounds.right - clientX;
    return clamp(px / rootPx(), width.min, width.max);
  };
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) setDragged(widthAt(event.clientX));
  };
  const drop = (): void => {
    if (dragged !== null) keep(dragged);
    setDragged(null);
  };
  const nudge = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    keep(clamp(rem + (sized === 'start' ? step : -step), width.min, width.max));
  };

  const bar = (
    // A focusable separator is how ARIA names a bar that resizes panes.
    <div
      className="split-bar"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={words('ui.pane.resize')}
      aria-valuenow={Math.round(rem)}
      aria-valuemin={width.min}
      aria-valuemax={width.max}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onPointerUp={drop}
      onDoubleClick={() => {
        keep(width.initial);
      }}
      onKeyDown={nudge}
    />
  );
  const ownWidth = { style: { width: `${rem}rem` } };

  return (
    <div className="split" data-sized={sized} ref={box}>
      <div
        className="split-pane"
        role={startLandmark?.role}
        aria-label={startLandmark?.label}
        {...(sized === 'start' ? ownWidth : {})}
      >
        <div className="split-content">{start}</div>
        {sized === 'start' && bar}
      </div>
      <div className="split-pane" {...(sized === 'end' ? ownWidth : {})}>
        {sized === 'end' && bar}
        <div className="split-content">{end}</div>
      </div>
    </div>
  );
}

function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(value, max));
}

/** One rem in px under the present text size. */
export function rootPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
