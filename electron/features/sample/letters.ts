import { addDays, dayOf, type Instant } from '#shared/kernel/public.ts';
import { typeset } from '#shared/node/typesetting/public.ts';
import { kindOf } from '../drafting/public.ts';
import type { SampleLetter } from './offices.ts';

/** An invented letter as another agency's office would have set it: number and date are on the page already. */
export async function letterPdf(letter: SampleLetter, at: Instant): Promise<Uint8Array> {
  const kind = kindOf(letter.kind);
  const isLetter = kind.abbreviation === null;
  const page = await typeset(
    {
      kind: kind.code,
      kindName: kind.name,
      form: isLetter ? 'letter' : 'named',
      superior: letter.superior,
      agency: letter.agency,
      place: 'An Bình',
      symbol: letter.symbol,
      number: letter.number,
      issuedOn: addDays(dayOf(at), -1),
      subject: letter.subject,
      urgency: letter.urgency,
      circulation: null,
      addressees: isLetter ? ['Các sở, ban, ngành tỉnh', 'Ủy ban nhân dân các xã, phường'] : [],
      bases: [],
      body: letter.text.map((text) => ({ kind: 'paragraph', runs: [{ text, bold: false, italic: false }] })),
      recipients: ['Như trên;', 'Lưu: VT.'],
      signer: { authority: null, lines: [letter.post], name: letter.signer },
      coSigners: [],
      jointAgencies: [],
      leadSigns: 'right',
      drafterMark: null,
      contact: null,
      appendices: [],
    },
    { frozenAt: at, fields: null },
  );
  return page.pdf;
}
