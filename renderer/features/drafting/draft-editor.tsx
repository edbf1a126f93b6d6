import { EditorContent, useEditor, type Editor } from '@tiptap/react';
import type { Awareness } from 'y-protocols/awareness';
import type { XmlFragment } from 'yjs';
import { useDirectory } from '../directory/public.ts';
import { draftExtensions } from './draft-extensions.ts';
import { DraftTools } from './draft-tools.tsx';
import { othersCarets } from './others-carets.ts';
import './draft-editor.css';

type DraftEditorProps = Readonly<{
  /** What is written, for those who hear the page. */
  label: string;
  /** The text itself: what is typed goes into it, what others type comes out of it. */
  text: XmlFragment;
  awareness: Awareness;
  onReady: (editor: Editor) => void;
  onBlur: () => void;
}>;

/** The text of a draft on a sheet that looks like the paper it becomes. */
export function DraftEditor({ label, text, awareness, onReady, onBlur }: DraftEditorProps) {
  const { nameOf } = useDirectory();
  const editor = useEditor({
    extensions: [...draftExtensions(text), othersCarets(awareness, nameOf)],
    // Styles come from our own sheet: nothing is put into the page that its content policy would refuse.
    injectCSS: false,
    editorProps: {
      attributes: {
        'aria-label': label,
        'aria-multiline': 'true',
        role: 'textbox',
        lang: 'vi',
      },
    },
    onCreate: ({ editor: ready }) => {
      onReady(ready);
    },
    onBlur,
  });
  return (
    <div className="draft-editor">
      <DraftTools editor={editor} />
      <div className="draft-scroll">
        <EditorContent editor={editor} className="draft-sheet" />
      </div>
    </div>
  );
}
