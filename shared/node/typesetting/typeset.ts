import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Draft } from '../../drafting/public.ts';
import { notationOf } from '../../documents/public.ts';
import type { Instant } from '../../kernel/public.ts';
import { exportPdf, frozenParts, layOut } from './compiler.ts';
import { withFields } from './form-fields.ts';
import { layoutInput, type CircuitFields } from './layout-input.ts';
import { placesIn } from './places.ts';

export type TypesetOptions = Readonly<{
  /** The freeze instant: the document's date inside the file, so that the same draft gives the same bytes. */
  frozenAt: Instant;
  /** The fields the circuit needs; none for a page that is only looked at or sent as it is. */
  fields: CircuitFields | null;
}>;

export type Typeset = Readonly<{ pdf: Uint8Array; pages: number; milliseconds: number }>;

/** Sets a draft: exact millimetres, legal font, PDF/A-3a, its own metadata attached; deterministic. */
export async function typeset(draft: Draft, { frozenAt, fields }: TypesetOptions): Promise<Typeset> {
  const start = performance.now();
  const document = layOut('document.typ', {
    draft: layoutInput(draft, fields),
    frozen: frozenParts(frozenAt),
    metadata: metadataOf(draft),
  });
  const pages = document.numOfPages;
  const places = fields === null ? [] : placesIn(document);
  const pdf = await withFields(exportPdf(document, frozenAt), places);
  const milliseconds = performance.now() - start;
  // What the compiler holds of a page is given back between turns of the event loop, not within one.
  await nextTurn();
  return { pdf, pages, milliseconds };
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
    coSigners: draft.coSigners.map(({ name, lines, authority }) => ({
      name,
      post: lines.at(-1) ?? '',
      authority,
    })),
    jointAgencies: draft.jointAgencies,
    urgency: draft.urgency,
    recipients: draft.recipients,
    language: 'vi',
  };
}
