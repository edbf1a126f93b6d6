import { codeFormOf, statuses, type ExchangeMessage, type Party } from '../../shared/exchange/public.ts';
import type { MessageSignatureReport, Note } from '../../shared/node/edxml/public.ts';
import { sentence } from '../setup/sentences.mjs';
import type { KeptFile } from './keep-attachments.ts';

type Said = Readonly<{
  file: string;
  message: ExchangeMessage;
  signature: MessageSignatureReport;
  notes: readonly Note[];
  kept: readonly KeptFile[];
}>;

/** A message in words, for whoever sits before the terminal. */
export function describeMessage({ file, message, signature, notes, kept }: Said): string {
  const lines = [
    `${file}: ${sentence(titleOf(message))}`,
    ...rowsOf(message).flatMap(([field, value]) =>
      value === null || value === '' ? [] : [`  ${sentence(`edxml.field.${field}`)}: ${value}`],
    ),
    ...attachmentLines(message, kept),
    `  ${sentence('edxml.field.signature')}: ${signatureWords(signature)}`,
    ...signature.reasons.map((reason) => `    - ${sentence(`reason.${reason}`)}`),
    ...notes.map(({ code, where }) => `  * ${sentence(`edxml.note.${code}`, { where })}`),
  ];
  return `${lines.join('\n')}\n`;
}

function titleOf(message: ExchangeMessage): string {
  if (message.kind === 'status') return `exchange.status.${statuses[message.status].meaning}`;
  return `exchange.business.${message.business.kind}`;
}

function rowsOf(message: ExchangeMessage): readonly (readonly [string, string | null])[] {
  if (message.kind === 'status') {
    const { about } = message;
    return [
      ['from', partyWords(message.from)],
      [
        'about',
        [about.notation, dayWords(about.on), about.documentId].filter((part) => part !== null).join(' · '),
      ],
      ['staff', [message.staff?.name, message.staff?.department].filter(Boolean).join(', ')],
      ['description', message.description],
      ['at', message.at],
    ];
  }
  const { signer } = message;
  return [
    ['from', partyWords(message.from)],
    ['to', message.to.map(partyWords).join('; ')],
    ['notation', [message.number, message.symbol].filter((part) => part !== null).join('/')],
    ['issuedOn', dayWords(message.issuedOn)],
    ['type', message.type.name],
    ['subject', message.subject],
    ['signer', [signer.competence, signer.position, signer.name].filter((part) => part !== null).join(', ')],
    ['dueOn', dayWords(message.dueOn)],
    ['documentId', message.documentId],
    ['reason', message.business.kind === 'new' ? null : message.business.reason],
  ];
}

function partyWords({ name, code }: Party): string {
  const form = codeFormOf(code);
  const known = form === 'other' ? ` ${sentence('edxml.odd-code')}` : '';
  return name === null ? `${code}${known}` : `${name} (${code}${known})`;
}

function dayWords(day: string | null): string | null {
  return day === null ? null : day.split('-').toReversed().join('/');
}

function attachmentLines(message: ExchangeMessage, kept: readonly KeptFile[]): readonly string[] {
  if (message.kind === 'status') return [];
  return message.attachments.map(({ name, size, hash }, index) => {
    const as = kept[index]?.as ?? null;
    const renamed = as === null || as === name ? '' : ` ${sentence('edxml.kept-as', { name: as })}`;
    return `  ${sentence('edxml.field.attachment')}: ${shown(name)} (${size} byte, SHA-256 ${hash})${renamed}`;
  });
}

/** A name as it came may hold what moves a terminal's cursor. */
function shown(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�');
}

function signatureWords({ verdict, signer, integrity, trust }: MessageSignatureReport): string {
  if (verdict === 'unsigned') return sentence('verdict.unsigned');
  const parts = [sentence(`verdict.${verdict}`), signer];
  if (integrity !== 'unknown') parts.push(sentence(`integrity.${integrity}`));
  parts.push(sentence(`trust.${trust}`));
  return parts.filter((part) => part !== null).join(' · ');
}
