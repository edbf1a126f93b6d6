import { Extension } from '@tiptap/core';
import type { Node as DraftNode } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { numbered, type Block } from '#shared/drafting/public.ts';
import { levels } from './draft-kinds.ts';

/** Shows each level's number exactly as the page will: `Điều 1.`, `2.`, `đ)`. */
export const LevelLabels = Extension.create({
  name: 'levelLabels',
  addProseMirrorPlugins() {
    return [
      new Plugin<DecorationSet>({
        state: {
          init: (_config, { doc }) => labelsOf(doc),
          apply: (change, shown) => (change.docChanged ? labelsOf(change.doc) : shown),
        },
        props: {
          decorations(state) {
            return this.getState(state);
          },
        },
      }),
    ];
  },
});

function labelsOf(doc: DraftNode): DecorationSet {
  const nodes: { from: number; to: number }[] = [];
  const blocks: Block[] = [];
  doc.forEach((node, from) => {
    nodes.push({ from, to: from + node.nodeSize });
    blocks.push({ kind: levels.find((level) => level === node.type.name) ?? 'paragraph', runs: [] });
  });
  const decorations = numbered(blocks).flatMap(({ label }, place) => {
    const node = nodes[place];
    return node === undefined || label === ''
      ? []
      : [Decoration.node(node.from, node.to, { 'data-label': label })];
  });
  return DecorationSet.create(doc, decorations);
}
