import { ParseSpeeds, PDFDocument } from 'pdf-lib';
import { instantFrom } from '../../kernel/public.ts';
import { exportPdf, layOut } from './compiler.ts';

const marks = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
const vowels = Array.from('aăâeêioôơuưy');

/** Every letter, digit and sign that Vietnamese forms are filled with, composed. */
function letters(): string {
  const vietnamese = vowels.flatMap((vowel) => marks.map((mark) => (vowel + mark).normalize('NFC')));
  const lower = [...Array.from('abcdefghijklmnopqrstuvwxyzđ'), ...vietnamese];
  const upper = lower.map((letter) => letter.toLocaleUpperCase('vi'));
  const signs = Array.from('0123456789.,;:/-+()"\'!?&%…–—“”');
  // Apart by spaces, so that no two letters are drawn as one.
  return [...new Set([...lower, ...upper, ...signs])].join(' ');
}

let made: Promise<PDFDocument> | null = null;

/** A document that holds the form's fonts, subset to those letters; made and read once. */
export function formFonts(): Promise<PDFDocument> {
  made ??= PDFDocument.load(
    exportPdf(layOut('form-fonts.typ', { letters: letters() }), instantFrom(Date.UTC(2026, 0, 1))),
    { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest },
  );
  return made;
}
