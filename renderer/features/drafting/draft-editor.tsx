import { EditorContent, useEditor, type Editor, type JSONContent } from '@tiptap/react';
import { draftExtensions } from './draft-extensions.ts';
import { DraftTools } from './draft-tools.tsx';
import './draft-editor.css';

type DraftEditorProps = Readonly<{
  /** What is written, for those who hear the page. */
  label: string;
  /** The editor's own JSON to begin with; later changes come only from the writer. */
  body: unknown;
  /** Something was written; the text is asked of the editor when it is needed, so that no key waits. */
  onChange: (editor: Editor) => void;
  onReady: (editor: Editor) => void;
  onBlur: () => void;
}>;

/** The text of a draft on a sheet that looks like the paper it becomes. */
export function DraftEditor({ label, body, onChange, onReady, onBlur }: DraftEditorProps) {
  const editor = useEditor({
    extensions: draftExtensions,
    content: contentOf(body),
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
    onUpdate: ({ editor: changed }) => {
      onChange(changed);
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

function contentOf(body: unknown): JSONContent | null {
  return typeof body === 'object' && body !== null && 'type' in body ? (body as JSONContent) : null; // checked by the schema of the editor itself
}
