import type { Base64Content } from './base64-content.ts';
import { fault } from './fault.ts';

/**
 * The content of an attachment as it stands in the message. Its alphabet holds no markup, so it goes past the XML parser
 * piece by piece: a parser would hold all of it as one text.
 */
export type ContentRun = Readonly<{
  /** Takes what is content and gives back the rest: from the next markup on, or nothing. */
  take: (text: string) => string;
  end: Base64Content['end'];
}>;

type Door = Readonly<{
  decode: Base64Content;
  /** The same text with line ends as a parser gives them, and how many they are. */
  text: (text: string) => void;
  lines: (count: number) => void;
  line: () => number;
}>;

/** Line ends that a writer took for letters; some put `&#13;` after each row. */
const blankReference = /&#(?:0*(?<decimal>9|10|13|32)|[xX]0*(?<hexadecimal>[9aAdD]|20));/g;
/** The beginning of one, cut off. */
const halfReference = /&[#xX0-9a-fA-F]{0,15}$/;
const alphabet = /^[A-Za-z0-9+/=\t\n\r ]*$/;
const sectionStart = '<![CDATA[';
const sectionEnd = ']]>';

export function openContentRun({ decode, text, lines, line }: Door): ContentRun {
  let carried = '';
  let isInSection = false;
  let afterReturn = false;

  function takeStretch(stretch: string): void {
    const plain = lineEndsOf(stretch);
    const found = isInSection || !plain.includes('&') ? plain : plain.replaceAll(blankReference, blankOf);
    if (!alphabet.test(found)) throw fault('bad-base64', { line: line() });
    text(found);
    decode.write(found);
  }

  /** One sign for each line end, as a parser gives it, also where its two signs come in two pieces. */
  function lineEndsOf(stretch: string): string {
    if (stretch === '') return stretch;
    const rest = afterReturn && stretch.startsWith('\n') ? stretch.slice(1) : stretch;
    afterReturn = stretch.endsWith('\r');
    const plain = rest.includes('\r') ? rest.replaceAll(/\r\n?/g, '\n') : rest;
    lines(countLineEnds(plain));
    return plain;
  }

  /** What stands at a sign that is no content: the rest behind a section's mark, or null while the mark is not whole. */
  function takeMark(rest: string): string | null {
    const mark = isInSection ? sectionEnd : sectionStart;
    if (rest.startsWith(mark)) {
      isInSection = !isInSection;
      return rest.slice(mark.length);
    }
    if (mark.startsWith(rest)) return null;
    if (isInSection) throw fault('bad-base64', { line: line() });
    return rest;
  }

  return {
    take: (given) => {
      let rest = carried + given;
      carried = '';
      while (rest !== '') {
        const found = rest.indexOf(isInSection ? ']' : '<');
        const half = found < 0 && !isInSection ? (halfReference.exec(rest)?.[0] ?? '') : '';
        const end = found < 0 ? rest.length - half.length : found;
        takeStretch(rest.slice(0, end));
        if (found < 0) {
          carried = half;
          return '';
        }
        const left = takeMark(rest.slice(end));
        if (left === null) {
          carried = rest.slice(end);
          return '';
        }
        if (left.length === rest.length - end) return left;
        rest = left;
      }
      return '';
    },
    end: decode.end,
  };
}

function blankOf(_: string, decimal: string | undefined, hexadecimal: string | undefined): string {
  return String.fromCodePoint(
    decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal),
  );
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
