import { AppError } from '#shared/kernel/public.ts';
import { DerError, readDer, tag, type DerNode } from '../cms/der.ts';

/**
 * How often a file may have its PIN turned over, all its parts together. Makers ask for 2 000 to 600 000 turns a part;
 * two thousand million would keep the office busy for an hour.
 */
const mostTurns = 2_000_000;

/** Refuses a PKCS#12 file that would keep us at work for longer than anybody waits. */
export function refuseEndlessWork(bytes: Uint8Array): void {
  let turns: number;
  try {
    turns = turnsIn(readDer(bytes));
  } catch (error) {
    if (error instanceof DerError) throw new AppError('signing.unreadable-p12', {}, error);
    throw error;
  }
  if (turns > mostTurns) throw new AppError('signing.unreadable-p12');
}

/** A count of turns always follows its salt (RFC 7292 4, RFC 8018 A.2): an INTEGER behind an OCTET STRING. */
function turnsIn(node: DerNode): number {
  const children = childrenOf(node);
  return children.reduce((sum, child, i) => {
    const isCount = child.tag === tag.integer && children[i - 1]?.tag === tag.octetString;
    return sum + (isCount ? sizeOf(child.content) : turnsIn(child));
  }, 0);
}

/** A negative count is as long as the highest one to a reader that takes it so. */
function sizeOf(content: Uint8Array): number {
  return content.reduce((value, byte) => value * 256 + byte, 0);
}

/** What an octet string holds counts too where it is a structure, whole or in pieces. */
function childrenOf(node: DerNode): readonly DerNode[] {
  const content = node.tag === 0x24 ? Buffer.concat(node.children.map((part) => part.content)) : node.content;
  if (node.tag !== tag.octetString && node.tag !== 0x24) return node.children;
  try {
    const inner = readDer(content);
    return inner.whole.length === content.length ? [inner] : [];
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}
