import type { Agency, Person, Unit } from '../directory/public.ts';
import type { Step } from '../documents/public.ts';
import { fromEditor } from './from-editor.ts';
import type { Draft, Form } from './model.ts';
import type { CoSigner, WorkingDraft } from './working-draft.ts';

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
  /** Who signs beside them, in the order the writer named them. */
  coSigners?: readonly CoSigning[];
}>;

/** A co-signer as the writer named them; one of this agency with the step and the head of the right they sign by. */
export type CoSigning =
  | Readonly<{ kind: 'here'; as: string; signer: Person; step: Step | null; head: Person | null }>
  | (CoSigner & { kind: 'elsewhere' });

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
export function completeDraft(completing: Completing): Draft {
  const { working, kind, agency, unit, signer, step, head, coSigners = [] } = completing;
  const isLetter = kind.abbreviation === null;
  const form = formOf(kind);
  const joint = coSigners.flatMap((one) => (one.kind === 'elsewhere' ? [one] : []));
  const block = blockIn({ agency, joint: joint.length > 0, minutes: form === 'minutes' });
  const archive = `Lưu: VT, ${unit.symbol}.`;
  const names = working.recipients.map(({ name }) => name);
  // NĐ 30 PL1 II.9b: papers with "Kính gửi" begin with "Như trên".
  const first = working.addressees.length > 0 ? ['Như trên'] : [];
  const others = names.filter((name) => !working.addressees.includes(name));
  return {
    kind: kind.code,
    kindName: kind.name,
    form,
    superior: agency.superior,
    agency: agency.name,
    place: agency.place,
    symbol: jointSymbol(symbolOf(kind, agency, unit), joint),
    number: null,
    issuedOn: null,
    subject: working.subject,
    urgency: working.urgency,
    circulation: working.circulation === undefined ? null : circulationWords[working.circulation],
    addressees: working.addressees.filter((name) => name !== ''),
    bases: working.bases.filter((basis) => basis !== ''),
    body: fromEditor(working.body),
    recipients: [...[...first, ...others].map((name) => `${name};`), archive],
    signer: block({ kind: 'here', as: form === 'minutes' ? 'Chủ tọa' : '', signer, step, head }),
    coSigners: coSigners.map(block),
    jointAgencies: joint.map((one) => one.agency),
    leadSigns: agency.leadSigns ?? 'right',
    drafterMark: markOf(working),
    // NĐ 30 PL3 mẫu 1.5: official letters say where the agency is found.
    contact: isLetter ? agency.contact : null,
    appendices: (working.appendices ?? []).map(({ title, body }) => ({ title, body: fromEditor(body) })),
  };
}

// NĐ 30 PL1 III.2c names them so, in capitals.
const circulationWords = { internal: 'LƯU HÀNH NỘI BỘ', return: 'XEM XONG TRẢ LẠI' } as const;

/** The form of NĐ 30 PL3 a kind of paper has. */
function formOf({ code, abbreviation }: Kind): Form {
  if (abbreviation === null) return 'letter';
  if (code === 'QĐ') return 'decision';
  if (code === 'BB') return 'minutes';
  return code === 'NQ' ? 'resolution' : 'named';
}

/** No decree says how agencies that issue together are named in a symbol; they stand one after another. */
function jointSymbol(symbol: string, joint: readonly (CoSigner & { kind: 'elsewhere' })[]): string {
  return [symbol, ...joint.map((one) => one.symbol.trim())].filter((part) => part !== '').join('-');
}

/** NĐ 30 PL1 III.3: who drafted it in a few letters, and how many copies go out: `PL.(300)`. */
function markOf({ drafterMark = '', copies }: WorkingDraft): string | null {
  const mark = drafterMark.trim().toLocaleUpperCase('vi');
  if (mark === '') return null;
  return copies === 0 ? mark : `${mark}.(${copies})`;
}

type Page = Readonly<{ agency: Agency; joint: boolean; minutes: boolean }>;

/** How those who sign are told on one page: with their agency where there are several, by their part in minutes. */
function blockIn({ agency, joint, minutes }: Page): (one: CoSigning) => Draft['signer'] {
  return (one) => {
    if (one.kind === 'elsewhere') {
      const { authority, post, name } = one;
      const [first, ...rest] = authority === null ? [post] : [`${authority} ${one.of}`, post];
      return { authority, lines: [first, one.agency, ...rest].filter((line) => line !== ''), name };
    }
    const authority = one.step?.authority ?? null;
    const { name } = one.signer;
    // NĐ 30 PL3 mẫu 1.9: the secretary, who signs as that alone; the chair's own post below.
    if (minutes && one.as !== 'Chủ tọa') return { authority: null, lines: [one.as || 'Thư ký'], name };
    const lines = signerLines({ agency, signer: one.signer, authority, head: one.head });
    if (one.as !== '') return { authority, lines: minutes ? [one.as, ...lines] : [one.as], name };
    return { authority, lines: joint ? withAgency(lines, agency) : lines, name };
  };
}

/** The agency's name under the first line, unless that line is the collective's own. */
function withAgency(lines: readonly string[], agency: Agency): string[] {
  const [first = '', ...rest] = lines;
  return first.startsWith('TM. ') ? [...lines] : [first, agency.name, ...rest];
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
