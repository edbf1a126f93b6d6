import { PDFDocument } from 'pdf-lib';
import { InstantSchema } from '#shared/kernel/public.ts';
import { typeset } from '#shared/node/typesetting/public.ts';
import { aDraft } from '../support/drafts.ts';

/** A document to sign, and the field it is signed in. */
export type BenchDocument = Readonly<{ name: string; pdf: Uint8Array; field: string; createField: boolean }>;

const frozenAt = InstantSchema.parse('2026-11-23T01:20:00.000Z');
const attachedUpTo = [
  ['218 KB', 218_000],
  ['1 MB', 1_000_000],
] as const;

/** A letter alone (50 KB, its field added by signing), and letters that carry others as embedded files. */
export async function benchDocuments(): Promise<readonly BenchDocument[]> {
  const bare = await typeset(aDraft(), { frozenAt, fields: null });
  const made: BenchDocument[] = [{ name: '50 KB', pdf: bare.pdf, field: 'leader', createField: true }];
  for (const [name, bytes] of attachedUpTo) {
    made.push({ name, pdf: await carrying(bytes), field: 'leader', createField: false });
  }
  return made;
}

/** A letter with its fields from birth that carries other letters, until it is about so large. */
async function carrying(bytes: number): Promise<Uint8Array> {
  const { pdf } = await typeset(aDraft(), { frozenAt, fields: { initials: 1 } });
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  let size = pdf.length;
  for (let index = 1; ; index += 1) {
    const subject = `Phụ lục ${index}: số liệu năm ${2000 + index}`;
    const other = await typeset(aDraft({ subject }), { frozenAt, fields: null });
    if (size + other.pdf.length > bytes * 1.03) break;
    await document.attach(other.pdf, `phu-luc-${index}.pdf`, { mimeType: 'application/pdf' });
    size += other.pdf.length;
  }
  return document.save({ useObjectStreams: false });
}
