import { z } from 'zod';
import { headingKinds, numberedKinds, type Block, type Run } from './model.ts';

/** The editor's own JSON (ProseMirror): only what we understand is read, anything else is left out. */
export type EditorNode = Readonly<{
  type: string;
  text?: string | undefined;
  marks?: readonly Readonly<{ type: string }>[] | undefined;
  content?: readonly EditorNode[] | undefined;
}>;

const NodeSchema: z.ZodType<EditorNode> = z.lazy(() =>
  z.object({
    type: z.string(),
    text: z.string().optional(),
    marks: z.array(z.object({ type: z.string() })).optional(),
    content: z.array(NodeSchema).optional(),
  }),
);

const textBlocks = [...headingKinds, ...numberedKinds, 'paragraph'] as const;

/** The body of a draft from the editor's document; an unreadable one is an empty body. */
export function fromEditor(body: unknown): Block[] {
  const document = NodeSchema.safeParse(body);
  return document.success ? blocksIn(document.data) : [];
}

/** The editor's document for a body, so that a template's text can be edited. */
export function toEditor(blocks: readonly Block[]): EditorNode {
  const content = blocks.map((block): EditorNode => {
    if (block.kind === 'table') return tableNode(block.rows);
    const text = { type: block.kind, content: block.runs.map(textNode) };
    return block.kind === 'item' ? listNode(block.runs) : text;
  });
  return { type: 'doc', content: content.length === 0 ? [{ type: 'paragraph' }] : content };
}

function blocksIn(node: EditorNode): Block[] {
  return (node.content ?? []).flatMap((child): Block[] => {
    const kind = textBlocks.find((name) => name === child.type);
    if (kind !== undefined) return [{ kind, runs: runsIn(child) }];
    if (child.type === 'bulletList' || child.type === 'orderedList') return itemsIn(child);
    if (child.type === 'table') return tableIn(child);
    return blocksIn(child);
  });
}

function itemsIn(list: EditorNode): Block[] {
  return (list.content ?? []).flatMap((item) =>
    (item.content ?? []).flatMap((child): Block[] =>
      child.type === 'bulletList' || child.type === 'orderedList'
        ? itemsIn(child)
        : [{ kind: 'item', runs: runsIn(child) }],
    ),
  );
}

function tableIn(table: EditorNode): Block[] {
  const rows = (table.content ?? []).map((row) =>
    (row.content ?? []).map((cell) => (cell.content ?? []).flatMap((paragraph) => runsIn(paragraph))),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return [];
  return [
    {
      kind: 'table',
      rows: rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => [])]),
    },
  ];
}

function runsIn(node: EditorNode): Run[] {
  return (node.content ?? []).flatMap((child): Run[] => {
    if (child.type === 'hardBreak') return [{ text: '\n', bold: false, italic: false }];
    if (child.text === undefined) return runsIn(child);
    const has = (mark: string) => (child.marks ?? []).some(({ type }) => type === mark);
    return [{ text: child.text, bold: has('bold'), italic: has('italic') }];
  });
}

function textNode({ text, bold, italic }: Run): EditorNode {
  const marks = [...(bold ? [{ type: 'bold' }] : []), ...(italic ? [{ type: 'italic' }] : [])];
  return marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks };
}

function listNode(runs: readonly Run[]): EditorNode {
  const paragraph = { type: 'paragraph', content: runs.map(textNode) };
  return { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph] }] };
}

function tableNode(rows: readonly (readonly (readonly Run[])[])[]): EditorNode {
  const cell = (type: string) => (runs: readonly Run[]) => ({
    type,
    content: [{ type: 'paragraph', content: runs.map(textNode) }],
  });
  return {
    type: 'table',
    content: rows.map((row, index) => ({
      type: 'tableRow',
      content: row.map(cell(index === 0 ? 'tableHeader' : 'tableCell')),
    })),
  };
}
