import { dateLine } from '../../kernel/public.ts';
import { usualSealMm } from '../../directory/public.ts';
import type { Urgency } from '../../documents/public.ts';
import {
  numbered,
  type Block,
  type Cell,
  type Draft,
  type Labelled,
  type Run,
} from '../../drafting/public.ts';
import { tableGrid } from './table-grid.ts';

const stamps: Readonly<Record<Urgency, string | null>> = {
  normal: null,
  urgent: 'KHẨN',
  'very-urgent': 'THƯỢNG KHẨN',
  flash: 'HỎA TỐC',
};

// NĐ 30 PL3 mẫu 1.1, 1.2.
const decisive: Readonly<Partial<Record<Draft['form'], string>>> = {
  decision: 'QUYẾT ĐỊNH:',
  resolution: 'QUYẾT NGHỊ:',
};

/** The fields a circuit needs besides the leader's, the seal, number and date. */
export type CircuitFields = Readonly<{
  initials: number;
  /** How wide the agency's real seal is; the seals of state agencies are 36 mm. */
  sealMm?: number | undefined;
  /** Width by height of the lead's own signature, where its picture is known. */
  signatureAspect?: number | undefined;
}>;

/** A draft as `document.typ` reads it: every word in its place, numbered, nothing left to decide. */
export function layoutInput(draft: Draft, fields: CircuitFields | null) {
  const decides = decisive[draft.form] ?? null;
  return {
    ...draft,
    superior: draft.superior === null ? null : shortened(draft.superior),
    title: `${draft.kindName} ${draft.subject}`,
    date: draft.issuedOn === null ? null : dateLine(draft.issuedOn),
    urgency: stamps[draft.urgency],
    authority: decides === null ? null : decider(draft),
    decides,
    bases: punctuated(draft.bases).map((basis) => pieces({ text: basis, bold: false, italic: false })),
    blocks: blocksInput(draft.body),
    initials: fields?.initials ?? 0,
    signed: fields !== null,
    sealMm: fields?.sealMm ?? usualSealMm,
    signatureAspect: fields?.signatureAspect ?? null,
    reference: reference(draft),
    appendices: draft.appendices.map(({ title, body }) => ({ title, blocks: blocksInput(body) })),
  };
}

const commonWords: readonly (readonly [RegExp, string])[] = [
  [/Ủy ban nhân dân/giu, 'UBND'],
  [/Hội đồng nhân dân/giu, 'HĐND'],
];

/** NĐ 30 PL1 II.2a: common words in the name of the superior body are abbreviated. */
function shortened(superior: string): string {
  return commonWords.reduce((name, [words, short]) => name.replace(words, short), superior.normalize('NFC'));
}

/** NĐ 30 PL1 II.6a: each basis ends with a semicolon, the last one with a full stop. */
function punctuated(bases: readonly string[]): string[] {
  return bases.map((basis, index) => {
    const end = index === bases.length - 1 ? '.' : ';';
    return `${basis.trimEnd().replace(/[\s;.,:]+$/u, '')}${end}`;
  });
}

/** Who decides: the collective, or the head by post (NĐ 30 PL3 mẫu 1.2, note 6). */
function decider({ signer, agency, form }: Draft): string {
  const collective = signer.lines.find((line) => line.startsWith('TM. '));
  if (collective !== undefined) return collective.slice('TM. '.length);
  if (form === 'resolution') return agency;
  const head = signer.lines[0]?.replace(/^(?:KT|Q|TL|TUQ)\. /u, '') ?? '';
  return `${head} ${agency}`;
}

/** What an appendix says of its document; on an electronic one the places stay open (NĐ 30 PL1 III.1c). */
function reference({ number, symbol, issuedOn }: Draft): string {
  if (number === null || issuedOn === null) return '…/…-… ngày … tháng … năm …';
  return `${number}/${symbol} ${dateLine(issuedOn)}`;
}

function blocksInput(blocks: readonly Block[]) {
  return numbered(blocks).map((block, index, all) => {
    if (block.kind !== 'table') {
      return { ...block, runs: block.runs.flatMap(pieces), title: isTitle(block, all[index + 1]) };
    }
    const { columns, head, rows } = tableGrid(block.rows);
    return { kind: block.kind, columns, head: head.map(cellsInput), rows: rows.map(cellsInput) };
  });
}

function cellsInput(cells: readonly Cell[]) {
  return cells.map((cell) => ({ ...cell, runs: cell.runs.flatMap(pieces) }));
}

const notation = /(\d+\/[\p{Lu}\d][\p{L}\d/-]{0,30})/u;

/** A number and symbol such as 30/2020/NĐ-CP stays whole on one line. */
function pieces(run: Run) {
  return run.text
    .split(notation)
    .map((text, place) => ({ ...run, text, whole: place % 2 === 1 }))
    .filter(({ text }) => text !== '');
}

const longestClauseTitle = 100;

/**
 * Words after "Điều n." or a clause's number are a title, on a line of their own and bold, when text follows under
 * them and they do not end as a sentence does (NĐ 30 PL1 II.6đ).
 */
function isTitle(block: Labelled, next: Labelled | undefined): boolean {
  if ((block.kind !== 'article' && block.kind !== 'clause') || next === undefined) return false;
  const text = block.runs
    .map((run) => run.text)
    .join('')
    .trimEnd();
  if (text === '' || /[.:;,…]$/u.test(text)) return false;
  if (block.kind === 'article') return next.kind !== 'article';
  return text.length <= longestClauseTitle && ['point', 'paragraph', 'item'].includes(next.kind);
}
