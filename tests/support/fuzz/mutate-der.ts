import { DerError, der, readDer, tag, type DerNode } from '#shared/node/pdf-signing/cms/der.ts';
import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './random.ts';

type Change = (node: DerNode) => readonly Uint8Array[];

/** One change to a DER structure: an element lost, doubled, exchanged, retagged, rewritten; or its bytes alone. */
export function mutateDer(bytes: Buffer, random: Random, other: Buffer): Buffer {
  const root = random.once(3) ? null : readQuietly(bytes);
  if (root === null) return mutateBytes(bytes, random, other);
  const nodes = allNodes(root);
  const target = random.pick(nodes);
  const changed = rewritten(root, target, changeOf(random, nodes, other));
  // What stands after the structure stays where it is.
  return Buffer.concat([...changed, bytes.subarray(root.whole.length)]);
}

function readQuietly(bytes: Buffer): DerNode | null {
  try {
    return readDer(bytes);
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

function allNodes(root: DerNode): readonly DerNode[] {
  return [root, ...childrenOf(root).flatMap(allNodes)];
}

const inner = new WeakMap<DerNode, readonly DerNode[]>();

/** What an octet string holds is a structure of its own as often as not. */
function childrenOf(node: DerNode): readonly DerNode[] {
  if (node.tag !== tag.octetString) return node.children;
  let children = inner.get(node);
  if (children === undefined) {
    const held = readQuietly(Buffer.from(node.content));
    children = held !== null && held.whole.length === node.content.length ? [held] : [];
    inner.set(node, children);
  }
  return children;
}

function rewritten(node: DerNode, target: DerNode, change: Change): readonly Uint8Array[] {
  if (node === target) return change(node);
  // Elsewhere every byte stays, however it was written.
  if (!contains(node, target)) return [node.whole];
  return [der(node.tag, ...childrenOf(node).flatMap((child) => rewritten(child, target, change)))];
}

function contains(node: DerNode, target: DerNode): boolean {
  return node === target || childrenOf(node).some((child) => contains(child, target));
}

const tags = [...Object.values(tag), 0x80, 0x81, 0x82, 0xa0, 0xa1, 0xa2, 0xa3, 0x1f, 0x24, 0x00];

const numbers = ['00', 'ff', '7fffffff', '00ffffffff', '7fffffffffffffff', ''].map((hex) =>
  Buffer.from(hex, 'hex'),
);

function changeOf(random: Random, nodes: readonly DerNode[], other: Buffer): Change {
  switch (random.below(10)) {
    case 9:
      return ({ tag: kept }) => [der(kept, random.pick(numbers))];
    case 0:
      return () => [];
    case 1:
      return ({ whole }) => [whole, whole];
    case 2:
      return () => [random.pick(nodes).whole];
    case 3:
      return ({ content }) => [der(random.pick(tags), content)];
    case 4:
      return ({ tag: kept, content }) => [der(kept, mutateBytes(Buffer.from(content), random, other))];
    case 5:
      return ({ tag: kept, content }) => [
        Uint8Array.of(kept, 0x84, 0, 0, content.length >> 8, content.length & 255),
        content,
      ];
    case 6:
      return ({ tag: kept, content }) => [Uint8Array.of(kept, 0x80), content, Uint8Array.of(0, 0)];
    case 7:
      return ({ whole }) => [random.once(2) ? der(tag.sequence, whole) : der(tag.octetString, whole)];
    default:
      return ({ tag: kept, children, content }) =>
        children.length < 2
          ? [der(kept, content.toReversed())]
          : [der(kept, ...children.toReversed().map(({ whole }) => whole))];
  }
}
