import { z } from 'zod';
import { CellSchema, headingKinds, numberedKinds, type Block, type Cell, type Run } from './model.ts';

/** The editor's own JSON (ProseMirror): only what we understand is read, anything else is left out. */
export type EditorNode = Readonly<{
  type: string;
  text?: string | undefined;
  attrs?: Readonly<Record<string, unknown>> | undefined;
  marks?: readonly Readonly<{ type: string }>[] | undefined;
  content?: readonly EditorNode[] | undefined;
}>;

export const EditorNodeSchema: z.ZodType<EditorNode> = z.lazy(() =>
  z.object({
    type: z.string(),
    text: z.string().optional(),
    attrs: z.record(z.string(), z.unknown()).optional().catch(undefined),
    marks: z.array(z.object({ type: z.string() })).optional(),
    content: z.array(EditorNodeSchema).optional(),
  }),
);

const lineBreak: Run = { text: '\n', bold: false, italic: false };
const textBlocks = [...headingKinds, ...numberedKinds, 'paragraph'] as const;

/** The body of a draft from the editor's document; an unreadable one is an empty body. */
export function fromEditor(body: unknown): Block[] {
  const document = EditorNodeSchema.safeParse(body);
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
  const rows = (table.content ?? []).map((row) => (row.content ?? []).map(cellIn));
  return rows.some((row) => row.length > 0) ? [{ kind: 'table', rows }] : [];
}

function cellIn(cell: EditorNode): Cell {
  const paragraphs = (cell.content ?? []).map(runsIn);
  const runs = paragraphs.flatMap((each, place) => (place === 0 ? each : [lineBreak, ...each]));
  const reach = { colspan: cell.attrs?.['colspan'], rowspan: cell.attrs?.['rowspan'] };
  const header = cell.type === 'tableHeader';
  return CellSchema.safeParse({ runs, header, ...reach }).data ?? { runs, header, colspan: 1, rowspan: 1 };
}

function runsIn(node: EditorNode): Run[] {
  return (node.content ?? []).flatMap((child): Run[] => {
    if (child.type === 'hardBreak') return [lineBreak];
    if (child.text === undefined) return runsIn(child);
    const has = (mark: string) => (child.marks ?? []).some(({ type }) => type === mark);
    return [{ text: child.text, bold: has('bold'), italic: has('italic') }];
  });
}

function textNode({ text, bold, italic }: Run): EditorNode {
  if (text === '\n') return { type: 'hardBreak' };
  const marks = [...(bold ? [{ type: 'bold' }] : []), ...(italic ? [{ type: 'italic' }] : [])];
  return marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks };
}

function listNode(runs: readonly Run[]): EditorNode {
  const paragraph = { type: 'paragraph', content: runs.map(textNode) };
  return { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph] }] };
}

function tableNode(rows: readonly (readonly Cell[])[]): EditorNode {
  const content = rows.map((row) => ({ type: 'tableRow', content: row.map(cellNode) }));
  return { type: 'table', content };
}

function cellNode({ runs, header, colspan, rowspan }: Cell): EditorNode {
  return {
    type: header ? 'tableHeader' : 'tableCell',
    attrs: { colspan, rowspan },
    content: [{ type: 'paragraph', content: runs.map(textNode) }],
  };
}
