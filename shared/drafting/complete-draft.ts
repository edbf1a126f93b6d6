import type { Agency, Person, Unit } from '../directory/public.ts';
import type { Step } from '../documents/public.ts';
import { fromEditor } from './from-editor.ts';
import type { Draft, Form } from './model.ts';
import type { WorkingDraft } from './working-draft.ts';

export type Kind = Readonly<{ code: string; name: string; abbreviation: string | null }>;

export type Completing = Readonly<{
  working: WorkingDraft;
  kind: Kind;
  agency: Agency;
  unit: Unit;
  /** Who signs, how, and for which head when the right was given. */
  signer: Person;
  step: Step | null;
  head: Person | null;
}>;

/**
 * The symbol of a paper: `<type>-<agency>` for a named type; `<agency>-<unit>` for an official letter, which has no
 * abbreviation of its own (NĐ 30 PL1 II.3).
 */
export function symbolOf(kind: Kind, agency: Pick<Agency, 'symbol'>, unit: Pick<Unit, 'symbol'>): string {
  return kind.abbreviation === null
    ? `${agency.symbol}-${unit.symbol}`
    : `${kind.abbreviation}-${agency.symbol}`;
}

/** Fills in all that the directory and the circuit already say, so that nothing is typed twice. */
export function completeDraft({ working, kind, agency, unit, signer, step, head }: Completing): Draft {
  const isLetter = kind.abbreviation === null;
  const archive = `Lưu: VT, ${unit.symbol}.`;
  const names = working.recipients.map(({ name }) => name);
  // NĐ 30 PL1 II.9b: papers with "Kính gửi" begin with "Như trên".
  const first = working.addressees.length > 0 ? ['Như trên'] : [];
  const others = names.filter((name) => !working.addressees.includes(name));
  return {
    kind: kind.code,
    kindName: kind.name,
    form: formOf(kind),
    superior: agency.superior,
    agency: agency.name,
    place: agency.place,
    symbol: symbolOf(kind, agency, unit),
    number: null,
    issuedOn: null,
    subject: working.subject,
    urgency: working.urgency,
    circulation: working.circulation === undefined ? null : circulationWords[working.circulation],
    addressees: working.addressees.filter((name) => name !== ''),
    bases: working.bases.filter((basis) => basis !== ''),
    body: fromEditor(working.body),
    recipients: [...[...first, ...others].map((name) => `${name};`), archive],
    signer: {
      authority: step?.authority ?? null,
      lines: signerLines({ agency, signer, authority: step?.authority ?? null, head }),
      name: signer.name,
    },
    coSigner: null,
    drafterMark: null,
    // NĐ 30 PL3 mẫu 1.5: official letters say where the agency is found.
    contact: isLetter ? agency.contact : null,
    appendices: [],
  };
}

// NĐ 30 PL1 III.2c names them so, in capitals.
const circulationWords = { internal: 'LƯU HÀNH NỘI BỘ', return: 'XEM XONG TRẢ LẠI' } as const;

/** The form of NĐ 30 PL3 a kind of paper has. */
function formOf({ code, abbreviation }: Kind): Form {
  if (abbreviation === null) return 'letter';
  if (code === 'QĐ') return 'decision';
  return code === 'NQ' ? 'resolution' : 'named';
}

type Signing = Readonly<{
  agency: Agency;
  signer: Person;
  authority: Step['authority'];
  head: Person | null;
}>;

/** "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH" (NĐ 30 Đ13, PL1 II.7a). */
function signerLines({ agency, signer, authority, head }: Signing): string[] {
  const headPost = head?.post ?? '';
  // Where the agency works as a collective its name stands first, whoever signs.
  const collective = agency.collective === null ? [] : [`TM. ${agency.collective}`];
  switch (authority) {
    case null:
      return [...collective, signer.post];
    case 'TM.':
      return [`TM. ${agency.collective ?? agency.name}`, signer.post];
    case 'Q.':
      return [...collective, `Q. ${signer.post}`];
    case 'KT.':
      return [...collective, `KT. ${headPost}`, signer.post];
    case 'TL.':
      return [`TL. ${headPost}`, signer.post];
    case 'TUQ.':
      return [`TUQ. ${headPost}`, signer.post];
  }
}
