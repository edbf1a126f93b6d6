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

const run = /[A-Za-z0-9+/=\t\n\r ]+/y;
/** Line ends that a writer took for letters; some put `&#13;` after each row. */
const blankReference = /^&#(?:0*(?<decimal>9|10|13|32)|[xX]0*(?<hexadecimal>[9aAdD]|20));/;
const longestReference = 16;
const sectionStart = '<![CDATA[';
const sectionEnd = ']]>';

export function openContentRun({ decode, text, lines, line }: Door): ContentRun {
  let carried = '';
  let isInSection = false;
  let afterReturn = false;

  function takeRun(found: string): void {
    const plain = (afterReturn && found.startsWith('\n') ? found.slice(1) : found).replaceAll(/\r\n?/g, '\n');
    afterReturn = found.endsWith('\r');
    lines(plain.split('\n').length - 1);
    text(plain);
    decode.write(found);
  }

  /** The rest where it may be the beginning of `mark` whose end has not come yet. */
  function mayBegin(rest: string, mark: string): boolean {
    return rest.length < mark.length && mark.startsWith(rest);
  }

  function takeOne(rest: string): string | null {
    const [section, other] = isInSection ? [sectionEnd, null] : [sectionStart, '<'];
    if (rest.startsWith(section)) {
      isInSection = !isInSection;
      return rest.slice(section.length);
    }
    if (mayBegin(rest, section)) return null;
    if (rest.startsWith('&') && !isInSection) return takeReference(rest);
    if (other !== null && rest.startsWith(other)) return rest;
    throw fault('bad-base64', { line: line() });
  }

  function takeReference(rest: string): string | null {
    const found = blankReference.exec(rest);
    if (found === null) {
      if (rest.length < longestReference && !rest.includes(';')) return null;
      throw fault('bad-base64', { line: line() });
    }
    const { decimal, hexadecimal } = found.groups ?? {};
    const codePoint = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    text(String.fromCodePoint(codePoint));
    afterReturn = false;
    return rest.slice(found[0].length);
  }

  return {
    take: (given) => {
      let rest = carried + given;
      carried = '';
      while (rest !== '') {
        run.lastIndex = 0;
        const found = run.exec(rest)?.[0] ?? '';
        if (found !== '') takeRun(found);
        rest = rest.slice(found.length);
        if (rest === '') break;
        const left = takeOne(rest);
        if (left === null) {
          carried = rest;
          return '';
        }
        if (left === rest) return rest;
        afterReturn = false;
        rest = left;
      }
      return '';
    },
    end: decode.end,
  };
}
