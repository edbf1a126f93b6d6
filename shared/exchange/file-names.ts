/** What a name may not be where files are kept: other systems take these for devices, whatever ending follows. */
const devices = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/iu;
/** Separators, what Windows forbids, control characters, and marks that turn or hide what is read. */
const forbidden = /[\p{Cc}<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
const longest = 150;

export type KeptName = Readonly<{ name: string; isRenamed: boolean }>;

/**
 * The names under which attachments may be written into a folder that holds `present`, in order: one path step each, none
 * twice even where capitals, composed letters or look-alike widths count for nothing.
 */
export function namesToKeep(given: readonly string[], present: readonly string[] = []): readonly KeptName[] {
  const taken = new Set<string>(present.map(sameAs));
  return given.map((asked, index) => {
    const plain = plainName(asked, index + 1);
    let name = plain;
    for (let turn = 2; taken.has(sameAs(name)); turn += 1) name = numbered(plain, turn);
    taken.add(sameAs(name));
    return { name, isRenamed: name !== asked };
  });
}

function plainName(asked: string, position: number): string {
  const cleaned = asked
    .normalize('NFC')
    .replaceAll(forbidden, '_')
    .replace(/^[\s.]+/u, '')
    .replace(/[\s.]+$/u, '');
  const shortened = shorten(cleaned);
  if (shortened === '' || /^_*$/u.test(shortened)) return `tep-${position}`;
  return devices.test(shortened) ? `_${shortened}` : shortened;
}

/** Cut in the middle so that the ending stays; file systems count bytes. */
function shorten(name: string): string {
  const { stem, ending } = partsOf(name);
  let kept = [...stem];
  while (utf8Length(`${kept.join('')}${ending}`) > longest && kept.length > 1) {
    kept = kept.slice(0, -1);
  }
  return `${kept.join('').trimEnd()}${ending}`;
}

function utf8Length(text: string): number {
  return [...text].reduce((length, letter) => length + utf8LengthOf(letter.codePointAt(0) ?? 0), 0);
}

function utf8LengthOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

function numbered(name: string, turn: number): string {
  const { stem, ending } = partsOf(name);
  return `${stem} (${turn})${ending}`;
}

function partsOf(name: string): Readonly<{ stem: string; ending: string }> {
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - ending.length), ending };
}

/** Two names that some file system takes for one. */
function sameAs(name: string): string {
  return name.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFKC');
}
