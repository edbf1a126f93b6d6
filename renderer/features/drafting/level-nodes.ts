import { Extension, Node, textblockTypeInputRule } from '@tiptap/core';
import { levels, type Level } from './draft-kinds.ts';

// Typed as people write it on paper: "Điều 1. ", "1. ", "a) ", "I. " at the start of a line.
const typed: Readonly<Partial<Record<Level, RegExp>>> = {
  article: /^Điều \d+\.\s$/u,
  clause: /^\d+\.\s$/u,
  point: /^[a-zđ]\)\s$/u,
  heading: /^[IVX]+\.\s$/u,
  chapter: /^Chương [IVX]+\s$/u,
};

/** After these levels, Enter goes on with the next of the same level. */
const runsOn: ReadonlySet<string> = new Set(['clause', 'point', 'article']);

/** One node for each level of the decree: a line of text whose number follows from where it stands. */
export const levelNodes = levels.map((level, place) =>
  Node.create({
    name: level,
    group: 'block',
    content: 'inline*',
    defining: true,
    parseHTML: () => [{ tag: `p[data-level="${level}"]`, priority: 60 }],
    renderHTML: () => ['p', { 'data-level': level }, 0],
    addKeyboardShortcuts() {
      return { [`Mod-Alt-${place + 1}`]: () => this.editor.commands.setNode(level) };
    },
    addInputRules() {
      const find = typed[level];
      return find === undefined ? [] : [textblockTypeInputRule({ find, type: this.type })];
    },
  }),
);

/** How Enter and Backspace go through the levels. */
export const LevelKeys = Extension.create({
  name: 'levelKeys',
  priority: 150,
  addKeyboardShortcuts() {
    return {
      'Mod-Alt-0': () => this.editor.commands.setNode('paragraph'),
      Enter: () => {
        const { $from, empty } = this.editor.state.selection;
        const { name } = $from.parent.type;
        if (!empty || !runsOn.has(name)) return false;
        // An empty number is not wanted: the line becomes plain text.
        if ($from.parent.content.size === 0) return this.editor.commands.setNode('paragraph');
        return this.editor.chain().splitBlock().setNode(name).run();
      },
      Backspace: () => {
        const { $from, empty } = this.editor.state.selection;
        const isLevel = levels.some((level) => level === $from.parent.type.name);
        if (!empty || !isLevel || $from.parentOffset > 0) return false;
        return this.editor.commands.setNode('paragraph');
      },
    };
  },
});
