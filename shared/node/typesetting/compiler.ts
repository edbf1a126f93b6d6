import { join } from 'node:path';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { AppError, type Instant } from '../../kernel/public.ts';
import { settable } from './settable.ts';

const resources = join(import.meta.dirname, '../../../resources');
const layouts = join(resources, 'typst');
/** Layouts in a row after which a remembered piece that none of them used is forgotten: an office sets pages all day. */
const forgottenAfter = 3;

let warm: NodeCompiler | null = null;

/** One compiler, kept warm: the first page costs the reading of the fonts, later ones a few milliseconds. */
export function compiler(): NodeCompiler {
  // Our fonts are added first, so a font of the machine that bears the same name is never taken for them.
  warm ??= NodeCompiler.create({ workspace: layouts, fontArgs: [{ fontPaths: [join(resources, 'fonts')] }] });
  return warm;
}

export type Inputs = Readonly<Record<string, unknown>>;

/** Lays a document out; each input reaches the layout as JSON. */
export function layOut(layout: string, inputs: Inputs): NodeTypstDocument {
  compiler().evictCache(forgottenAfter);
  const asText = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, JSON.stringify(settable(value))]),
  );
  const result = compiler().compile({ mainFilePath: join(layouts, layout), inputs: asText });
  const document = result.result;
  if (document !== null && !result.hasError()) return document;
  const diagnostics = result.takeDiagnostics()?.shortDiagnostics ?? [];
  throw new AppError('typesetting.failed', {}, new Error(JSON.stringify(diagnostics)));
}

/** PDF/A-3a bytes; the same document frozen at the same instant gives the same bytes. */
export function exportPdf(document: NodeTypstDocument, frozenAt: Instant): Uint8Array {
  const creationTimestamp = Math.floor(Date.parse(frozenAt) / 1000);
  try {
    return new Uint8Array(compiler().pdf(document, { pdfStandard: 'a-3a', creationTimestamp }));
  } catch (error) {
    throw explained(error);
  }
}

/** PDF/A allows no letter that the embedded font cannot draw; the writer is told which ones they are. */
function explained(error: unknown): AppError {
  const said = error instanceof Error ? error.message : String(error);
  const undrawn = [...said.matchAll(/the text `\\?"(.+?)\\?"` could not be displayed/gu)].map(
    (match) => match[1] ?? '',
  );
  if (undrawn.length === 0) return new AppError('typesetting.failed', {}, error);
  return new AppError('typesetting.undrawn', { letters: [...new Set(undrawn)].join(' ') }, error);
}

/** The freeze instant as the layout wants it. */
export function frozenParts(frozenAt: Instant) {
  const at = new Date(frozenAt);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  };
}
