import type { Extensions } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { TableKit } from '@tiptap/extension-table';
import { StarterKit } from '@tiptap/starter-kit';
import type { XmlFragment } from 'yjs';
import { LevelLabels } from './level-labels.ts';
import { LevelKeys, levelNodes } from './level-nodes.ts';

/** What a draft may hold: the decree's levels, paragraphs, lists, tables, bold and italic; nothing else. */
const draftNodes: Extensions = [
  StarterKit.configure({
    heading: false,
    blockquote: false,
    code: false,
    codeBlock: false,
    horizontalRule: false,
    link: false,
    orderedList: false,
    strike: false,
    underline: false,
    trailingNode: false,
    // One takes back what one wrote oneself, not what others did.
    undoRedo: false,
    hardBreak: { keepMarks: true },
  }),
  TableKit.configure({ table: { resizable: false } }),
  ...levelNodes,
  LevelKeys,
  LevelLabels,
];

/** A draft's text, written by whoever is at it. */
export function draftExtensions(text: XmlFragment): Extensions {
  return [...draftNodes, Collaboration.configure({ fragment: text })];
}
