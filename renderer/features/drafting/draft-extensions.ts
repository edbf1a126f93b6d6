import { TableKit } from '@tiptap/extension-table';
import { StarterKit } from '@tiptap/starter-kit';
import { LevelLabels } from './level-labels.ts';
import { LevelKeys, levelNodes } from './level-nodes.ts';

/** What a draft may hold: the decree's levels, paragraphs, lists, tables, bold and italic; nothing else. */
export const draftExtensions = [
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
    hardBreak: { keepMarks: true },
  }),
  TableKit.configure({ table: { resizable: false } }),
  ...levelNodes,
  LevelKeys,
  LevelLabels,
];
