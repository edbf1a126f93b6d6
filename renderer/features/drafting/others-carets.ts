import { Extension } from '@tiptap/core';
import { yCursorPlugin } from '@tiptap/y-tiptap';
import type { Awareness } from 'y-protocols/awareness';
import { colourOf } from './writer-colours.ts';

type Seen = Readonly<{ person?: unknown }>;

/** Where the others are in the text: a caret in their colour with their name, and what they have selected. */
export function othersCarets(awareness: Awareness, nameOf: (person: string) => string): Extension {
  const personOf = ({ person }: Seen): string => (typeof person === 'string' ? person : '');
  return Extension.create({
    name: 'othersCarets',
    priority: 999,
    addProseMirrorPlugins: () => [
      yCursorPlugin(awareness, {
        cursorBuilder: (seen: Seen) => {
          const caret = document.createElement('span');
          caret.className = `draft-caret ${colourOf(personOf(seen))}`;
          // For the eye alone: where others are would break into the text as it is read out.
          caret.ariaHidden = 'true';
          const name = document.createElement('span');
          name.className = 'draft-caret-name';
          name.textContent = nameOf(personOf(seen));
          // Word joiners keep the line from breaking at the caret.
          caret.append('\u2060', name, '\u2060');
          return caret;
        },
        selectionBuilder: (seen: Seen) => ({ class: `draft-selected ${colourOf(personOf(seen))}` }),
      }),
    ],
  });
}
