import {
  emptyHead,
  nextLineHash,
  type AccessHead,
  type ChainedLine,
  type TakeLines,
} from '../../access/public.ts';
import { canonicalJson, type ChainedEntry, type Hash } from '../../kernel/public.ts';

/** Lines behind a head, each with its hash; null where they do not continue it, or are another desk's or person's. */
export function continued(
  head: AccessHead,
  { after, lines }: TakeLines,
  whose: Readonly<{ desk: string; person: string }>,
): readonly ChainedLine[] | null {
  if (after !== head.hash) return null;
  let { n, hash } = head;
  const chained: ChainedLine[] = [];
  for (const line of lines) {
    n += 1;
    if (line.n !== n || line.desk !== whose.desk || line.person !== whose.person) return null;
    hash = nextLineHash(hash, line);
    chained.push({ line, hash });
  }
  return chained;
}

/** A line as `antin audit export` writes it: the same form as the agency's log, so that the same recipe walks it. */
export function accessLine({ line, hash }: ChainedLine): string {
  return `{"entry":${canonicalJson(line)},"hash":"${hash}"}`;
}

export type AccessVerdict =
  | Readonly<{ ok: true; lines: number; fixed: number }>
  | Readonly<{ ok: false; desk: string; n: number; why: 'broken' | 'not-as-fixed' }>;

/**
 * Walks every desk's chain and holds it against what the agency's log fixed of it: a line that was dropped, changed or
 * added behind the log's back is told by its place.
 */
export function verifyAccess(
  desks: ReadonlyMap<string, Iterable<ChainedLine>>,
  entries: Iterable<ChainedEntry>,
): AccessVerdict {
  const fixed = fixingsIn(entries);
  let [lines, matched] = [0, 0];
  for (const [desk, chain] of desks) {
    const due = fixed.get(desk) ?? new Map<number, Hash>();
    let { n, hash } = emptyHead;
    for (const one of chain) {
      n += 1;
      hash = nextLineHash(hash, one.line);
      if (one.line.n !== n || one.line.desk !== desk || one.hash !== hash) {
        return { ok: false, desk, n, why: 'broken' };
      }
      const wanted = due.get(n);
      if (wanted !== undefined && wanted !== hash) return { ok: false, desk, n, why: 'not-as-fixed' };
      if (wanted !== undefined) matched += 1;
      lines += 1;
    }
    const [missing] = [...due.keys()].filter((place) => place > n);
    if (missing !== undefined) return { ok: false, desk, n: n + 1, why: 'not-as-fixed' };
    fixed.delete(desk);
  }
  for (const desk of fixed.keys()) return { ok: false, desk, n: 1, why: 'not-as-fixed' };
  return { ok: true, lines, fixed: matched };
}

function fixingsIn(entries: Iterable<ChainedEntry>): Map<string, Map<number, Hash>> {
  const fixed = new Map<string, Map<number, Hash>>();
  for (const { entry } of entries) {
    for (const { type, on, body } of entry.acts) {
      if (type !== 'accessFixed') continue;
      const { n, hash } = body as { n: number; hash: Hash };
      fixed.set(on.id, (fixed.get(on.id) ?? new Map<number, Hash>()).set(n, hash));
    }
  }
  return fixed;
}
