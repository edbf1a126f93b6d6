/** A rectangle with its lower left corner first. */
export type Box = Readonly<{ left: number; bottom: number; right: number; top: number }>;

/** Follows where an appearance sets its text, and says whether people can read it there, in the order it is written. */
export type TextPlace = Readonly<{
  /** Obeys one operator; false when it is one that could hide, move away or disfigure text. */
  obey: (operator: string, operands: readonly (number | null)[]) => boolean;
  setSize: (size: number | null) => boolean;
  /** Sets a piece of text of `widthPer1000`; false when it cannot be seen or would be read in another order. */
  show: (widthPer1000: number, letters: number) => boolean;
}>;

/** Scale and shift; anything that turns or mirrors is refused before it gets here. */
type Matrix = Readonly<{ x: number; y: number; dx: number; dy: number }>;
type State = Readonly<{ at: Matrix; clip: Box; isVisible: boolean }>;

const plain: Matrix = { x: 1, y: 1, dx: 0, dy: 0 };
const smallestPt = 4;
const palest = 0.75;

/** `scale` is how much larger the page shows a unit of the appearance, across and up. */
export function textPlace(box: Box, scale: Readonly<{ x: number; y: number }>): TextPlace {
  let state: State = { at: plain, clip: box, isVisible: true };
  const kept: State[] = [];
  let [line, pen]: readonly [Matrix, Matrix] = [plain, plain];
  let [size, spacing, wordSpacing, stretch, leading, rise] = [0, 0, 0, 1, 0, 0];
  let path: Box | null = null;
  let clips = false;
  let last: Readonly<{ end: number; baseline: number }> | null = null;

  const move = (dx: number, dy: number): boolean => {
    line = times({ ...plain, dx, dy }, line);
    pen = line;
    return true;
  };
  const paint = (isVisible: boolean): boolean => {
    state = { ...state, isVisible };
    return true;
  };
  const endPath = (): boolean => {
    // Clipping by several rectangles, or by none, would need to be drawn to be known.
    if (clips && path === null) return false;
    if (clips && path !== null) state = { ...state, clip: common(state.clip, path) };
    path = null;
    clips = false;
    return true;
  };

  const operators: Readonly<Record<string, (values: readonly number[]) => boolean>> = {
    q: () => kept.push(state) < 50,
    Q: () => {
      state = kept.pop() ?? state;
      return true;
    },
    cm: (values) => {
      const matrix = matrixOf(values);
      if (matrix !== null) state = { ...state, at: times(matrix, state.at) };
      return matrix !== null;
    },
    BT: () => {
      line = plain;
      pen = plain;
      return true;
    },
    Tm: (values) => {
      const matrix = matrixOf(values);
      if (matrix !== null) [line, pen] = [matrix, matrix];
      return matrix !== null;
    },
    Td: ([dx = 0, dy = 0]) => move(dx, dy),
    TD: ([dx = 0, dy = 0]) => {
      leading = -dy;
      return move(dx, dy);
    },
    'T*': () => move(0, -leading),
    TL: ([value = 0]) => {
      leading = value;
      return true;
    },
    Tc: ([value = 0]) => {
      spacing = value;
      return true;
    },
    Tw: ([value = 0]) => {
      wordSpacing = value;
      return true;
    },
    Tz: ([value = 100]) => {
      stretch = value / 100;
      return true;
    },
    Ts: ([value = 0]) => {
      rise = value;
      return true;
    },
    g: ([gray = 0]) => paint(gray <= palest),
    rg: (values) => paint(Math.min(...values) <= palest),
    k: (values) => paint(values.some((ink) => ink >= 1 - palest)),
    re: ([x = 0, y = 0, width = 0, height = 0]) => {
      if (path !== null) return false;
      const corner = placed(state.at, x, y);
      const far = placed(state.at, x + width, y + height);
      path = boxOf([corner.x, corner.y, far.x, far.y]);
      return true;
    },
    W: () => (clips = true),
    'W*': () => (clips = true),
    n: endPath,
  };

  return {
    obey: (operator, operands) => {
      const act = operators[operator];
      if (act === undefined) return harmless.has(operator);
      const values = operands.filter((value) => value !== null);
      return values.length === operands.length && values.every(Number.isFinite) && act(values);
    },
    setSize: (value) => {
      size = value ?? 0;
      return size > 0;
    },
    show: (widthPer1000, letters) => {
      if (letters === 0) return true;
      const high = size * pen.y * state.at.y * scale.y;
      const wide = size * stretch * pen.x * state.at.x * scale.x;
      const isLegible = high >= smallestPt && wide / high > 0.5 && wide / high < 2;
      const isOdd =
        spacing < -0.2 * size || wordSpacing < -0.2 * size || wordSpacing > size || Math.abs(rise) > size / 2;
      const width = ((widthPer1000 * size) / 1000 + spacing * letters) * stretch;
      const from = placed(state.at, pen.dx, pen.dy + rise * pen.y);
      const to = placed(state.at, pen.dx + width * pen.x, pen.dy);
      const isNext = last === null || follows(last, { start: from.x, baseline: to.y }, high / scale.y);
      const isInside = isWithin(state.clip, { start: from.x, end: to.x, baseline: from.y }, high / scale.y);
      last = { end: to.x, baseline: to.y };
      pen = { ...pen, dx: pen.dx + width * pen.x };
      return state.isVisible && isLegible && !isOdd && isNext && isInside;
    },
  };
}

/** Operators that say nothing about where or how text is seen. */
const harmless: ReadonlySet<string> = new Set('ET G RG K BMC EMC BDC w'.split(' '));

function follows(
  last: Readonly<{ end: number; baseline: number }>,
  piece: Readonly<{ start: number; baseline: number }>,
  height: number,
): boolean {
  const down = last.baseline - piece.baseline;
  if (Math.abs(down) <= 0.3 * height) return piece.start >= last.end - 0.3 * height;
  return down > 0;
}

/** Letters may hang a little over the edge, as real forms have it, but not be cut away by it. */
function isWithin(
  { left, bottom, right, top }: Box,
  piece: Readonly<{ start: number; end: number; baseline: number }>,
  height: number,
): boolean {
  const slack = height / 4;
  return (
    piece.start >= left - slack &&
    piece.end <= right + slack &&
    piece.baseline >= bottom - slack &&
    piece.baseline + height / 2 <= top + slack
  );
}

function matrixOf(values: readonly number[]): Matrix | null {
  const [x = 0, skew = 1, slant = 1, y = 0, dx = 0, dy = 0] = values;
  return skew === 0 && slant === 0 && x > 0 && y > 0 ? { x, y, dx, dy } : null;
}

function times(inner: Matrix, outer: Matrix): Matrix {
  return {
    x: inner.x * outer.x,
    y: inner.y * outer.y,
    dx: inner.dx * outer.x + outer.dx,
    dy: inner.dy * outer.y + outer.dy,
  };
}

function placed(at: Matrix, x: number, y: number): Readonly<{ x: number; y: number }> {
  return { x: x * at.x + at.dx, y: y * at.y + at.dy };
}

/** The box between two opposite corners. */
export function boxOf([x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[]): Box {
  return { left: Math.min(x1, x2), bottom: Math.min(y1, y2), right: Math.max(x1, x2), top: Math.max(y1, y2) };
}

function common(a: Box, b: Box): Box {
  return {
    left: Math.max(a.left, b.left),
    bottom: Math.max(a.bottom, b.bottom),
    right: Math.min(a.right, b.right),
    top: Math.min(a.top, b.top),
  };
}
