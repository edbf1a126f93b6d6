import { useEffect, useRef, useState } from 'react';
import type { PrivateNote } from '#shared/meetings/public.ts';
import './notes.css';

export type NoteTool = 'highlight' | 'ink';
export type Drawn = Pick<PrivateNote, 'rectangles' | 'strokes'>;
type Point = [number, number];

type NoteLayerProps = Readonly<{
  marks: readonly Drawn[];
  /** What a hand draws with; null where it selects and scrolls as ever. */
  tool: NoteTool | null;
  onDrawn: (drawn: Drawn) => void;
}>;

/** What is highlighted and drawn on one page, and the hand that draws. */
export function NoteLayer({ marks, tool, onDrawn }: NoteLayerProps) {
  const sheet = useRef<SVGSVGElement>(null);
  const [path, setPath] = useState<readonly Point[]>([]);
  const drawn = useRef(onDrawn);
  useEffect(() => {
    drawn.current = onDrawn;
  });
  useEffect(() => {
    const svg = sheet.current;
    if (svg === null || tool === null) return;
    return followHand(svg, {
      moved: setPath,
      ended: (points) => {
        setPath([]);
        const made = tool === 'ink' ? inked(points) : highlighted(points);
        if (made !== null) drawn.current(made);
      },
    });
  }, [tool]);
  const coming = tool === null || path.length === 0 ? null : tool === 'ink' ? inked(path) : highlighted(path);
  return (
    <svg
      ref={sheet}
      className="note-layer"
      data-tool={tool ?? undefined}
      viewBox="0 0 1 1"
      preserveAspectRatio="none"
      aria-hidden
    >
      {[...marks, ...(coming === null ? [] : [coming])].map((one, place) => (
        <Marks key={place} drawn={one} />
      ))}
    </svg>
  );
}

function Marks({ drawn: { rectangles, strokes } }: Readonly<{ drawn: Drawn }>) {
  return (
    <>
      {rectangles.map(({ x, y, width, height }) => (
        <rect key={`${x} ${y} ${width} ${height}`} x={x} y={y} width={width} height={height} />
      ))}
      {strokes.map((points) => {
        const line = points.map(([x, y]) => `${x},${y}`).join(' ');
        return <polyline key={line} points={line} vectorEffect="non-scaling-stroke" />;
      })}
    </>
  );
}

const mostPoints = 2000;

function inked(points: readonly Point[]): Drawn | null {
  return points.length < 2 ? null : { rectangles: [], strokes: [points.slice(0, mostPoints)] };
}

/** From where the hand was put down to where it was taken away; a mere touch is none. */
function highlighted(points: readonly Point[]): Drawn | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const [x, y] = [Math.min(first[0], last[0]), Math.min(first[1], last[1])];
  const [width, height] = [Math.abs(first[0] - last[0]), Math.abs(first[1] - last[1])];
  return width < 0.005 || height < 0.002 ? null : { rectangles: [{ x, y, width, height }], strokes: [] };
}

type Hand = Readonly<{
  moved: (points: readonly Point[]) => void;
  ended: (points: readonly Point[]) => void;
}>;

/** Follows a finger, a pen or a mouse from its going down to its coming up; ends with the returned function. */
function followHand(svg: SVGSVGElement, { moved, ended }: Hand): () => void {
  let points: Point[] | null = null;
  const at = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = svg.getBoundingClientRect();
    return [share((clientX - left) / width), share((clientY - top) / height)];
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    points = [at(event)];
  };
  const move = (event: PointerEvent): void => {
    if (points === null) return;
    points = [...points, at(event)];
    moved(points);
  };
  const up = (): void => {
    if (points !== null) ended(points);
    points = null;
  };
  const cancel = (): void => {
    points = null;
    moved([]);
  };
  const hands = [
    ['pointerdown', down],
    ['pointermove', move],
    ['pointerup', up],
    ['pointercancel', cancel],
  ] as const;
  for (const [kind, listen] of hands) svg.addEventListener(kind, listen);
  return () => {
    for (const [kind, listen] of hands) svg.removeEventListener(kind, listen);
  };
}

function share(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
}
