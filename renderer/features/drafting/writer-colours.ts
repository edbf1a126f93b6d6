const colours = 6;

/** A person's colour at every draft: one of a few, by who they are. */
export function colourOf(person: string): string {
  let sum = 0;
  for (const letter of person) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return `writer-${sum % colours}`;
}
