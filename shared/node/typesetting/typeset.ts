import { z } from 'zod';
import type { Instant } from '../../kernel/public.ts';
import { notationOf, type Urgency } from '../../documents/public.ts';
import { numbered, type Block, type Draft } from '../../drafting/public.ts';
import { compiler, exportPdf, frozenParts, layOut } from './compiler.ts';
import { dateLine } from './date-words.ts';
import { withFields, type FieldPlace } from './form-fields.ts';

export type TypesetOptions = Readonly<{
  /** The freeze instant: the document's date inside the file, so that the same draft gives the same bytes. */
  frozenAt: Instant;
  /** The fields the circuit needs; none for a page that is only looked at or sent as it is. */
  fields: Readonly<{ initials: number }> | null;
}>;

export type Typeset = Readonly<{ pdf: Uint8Array; pages: number }>;

// Round seals of state agencies are 36 mm across (from practice, `vn-rules.md` 1.7).
const sealPt = (36 / 25.4) * 72;

const PlaceSchema = z.object({
  name: z.string(),
  page: z.int(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  align: z.enum(['left', 'right']),
});

/** Sets a draft: exact millimetres, legal font, PDF/A-3a, its own metadata attached; deterministic. */
export async function typeset(draft: Draft, { frozenAt, fields }: TypesetOptions): Promise<Typeset> {
  const document = layOut('document.typ', {
    draft: layoutInput(draft, fields),
    frozen: frozenParts(frozenAt),
    metadata: metadataOf(draft),
  });
  const places =
    fields === null
      ? []
      : z.array(PlaceSchema).parse(compiler().query(document, { selector: '<field>', field: 'value' }));
  const pdf = await withFields(exportPdf(document, frozenAt), places.flatMap(withSeal));
  return { pdf, pages: document.numOfPages };
}

/** The seal covers about a third of the leader's signature, on its left (NĐ 30 PL1 II.8a). */
function withSeal(place: FieldPlace): FieldPlace[] {
  if (place.name !== 'leader') return [place];
  const seal: FieldPlace = {
    ...place,
    name: 'seal',
    x: place.x + place.width / 3 - sealPt,
    y: place.y + (place.height - sealPt) / 2,
    width: sealPt,
    height: sealPt,
  };
  return [place, seal];
}

const stamps: Readonly<Record<Urgency, string | null>> = {
  normal: null,
  urgent: 'KHẨN',
  'very-urgent': 'THƯỢNG KHẨN',
  flash: 'HỎA TỐC',
};

function layoutInput(draft: Draft, fields: TypesetOptions['fields']) {
  const isDecision = draft.form === 'decision';
  return {
    title: [draft.kindName, draft.subject].filter(Boolean).join(' '),
    agency: draft.agency,
    superior: draft.superior,
    place: draft.place,
    symbol: draft.symbol,
    number: draft.number,
    date: draft.issuedOn === null ? null : dateLine(draft.issuedOn),
    urgency: stamps[draft.urgency],
    form: draft.form,
    kindName: draft.kindName,
    subject: draft.subject,
    addressees: draft.addressees,
    // NĐ 30 PL3 mẫu 1.2: the one who decides, then what they go by, then "QUYẾT ĐỊNH:".
    authority: isDecision ? decider(draft) : null,
    decides: isDecision ? 'QUYẾT ĐỊNH:' : null,
    bases: draft.bases,
    blocks: blocksInput(draft.body),
    recipients: draft.recipients,
    initials: fields?.initials ?? 0,
    signed: fields !== null,
    signer: draft.signer,
    contact: draft.contact,
    appendices: draft.appendices.map(({ title, body }) => ({ title, blocks: blocksInput(body) })),
  };
}

function decider({ signer, agency }: Draft): string {
  const collective = signer.lines.find((line) => line.startsWith('TM. '));
  if (collective !== undefined) return collective.slice('TM. '.length);
  const head = signer.lines[0]?.replace(/^(?:KT|Q|TL|TUQ)\. /u, '') ?? '';
  return `${head} ${agency}`;
}

function blocksInput(blocks: readonly Block[]) {
  return numbered(blocks).map((block, index, all) => ({ ...block, title: isTitle(block, all[index + 1]) }));
}

/** Words after "Điều n." are a title when text follows under them and they do not end as a sentence does. */
function isTitle(block: Block, next: Block | undefined): boolean {
  if (block.kind !== 'article' || next === undefined || next.kind === 'article') return false;
  const text = block.runs
    .map((run) => run.text)
    .join('')
    .trimEnd();
  return text !== '' && !/[.:;,]$/u.test(text);
}

/** What a receiving office would otherwise type: it travels inside the file. */
function metadataOf(draft: Draft) {
  const notation = draft.number === null ? null : notationOf(draft.number, draft.symbol);
  return {
    number: draft.number,
    symbol: draft.symbol,
    notation,
    issuedOn: draft.issuedOn,
    issuer: draft.agency,
    superior: draft.superior,
    kind: draft.kindName,
    subject: draft.subject,
    signer: {
      name: draft.signer.name,
      post: draft.signer.lines.at(-1) ?? '',
      authority: draft.signer.authority,
    },
    urgency: draft.urgency,
    recipients: draft.recipients,
    language: 'vi',
  };
}
