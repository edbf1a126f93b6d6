import { elementsIn, textIn, type Element } from './element.ts';
import { fault, type Note, type NoteCode } from './fault.ts';
import { homeOf, nameOf } from './names.ts';

/** An element's parts, asked for by name in any order; what nobody asked for is told at the end. */
export type Fields = Readonly<{
  path: string;
  line: number;
  /** The part of that name; twice is one too many, since nobody could say which one is meant. */
  part: (name: string) => Fields | null;
  /** The same, and one that says nothing where there is none. */
  group: (name: string) => Fields;
  parts: (name: string) => readonly Fields[];
  text: (name: string) => string | null;
  texts: (name: string) => readonly string[];
  /** Its own text, where it is a list's entry. */
  ownText: () => string | null;
  /** Text that has to be a value of some kind: an unreadable one is told and left out. */
  value: <Value>(name: string, read: (text: string) => Value | null, otherwise: NoteCode) => Value | null;
  element: Element;
  tell: (code: NoteCode, name?: string) => void;
  tellUnknown: (but?: string) => void;
}>;

export function fieldsOf(element: Element, note: (note: Note) => void, above = ''): Fields {
  const path = above === '' ? element.local : `${above}/${element.local}`;
  const byName = Map.groupBy(elementsIn(element), ({ local }) => nameOf(local));
  const asked = new Set<string>();

  function tell(code: NoteCode, name?: string): void {
    note({ code, where: name === undefined ? path : `${path}/${name}` });
  }

  function all(name: string): readonly Element[] {
    asked.add(nameOf(name));
    const found = byName.get(nameOf(name)) ?? [];
    for (const one of found) {
      const home = homeOf(one);
      if (home === 'foreign') throw fault('foreign-namespace', { name: one.name, line: one.line, path });
      if (home === 'none') tell('no-namespace', one.local);
      if (home === 'other-edition') tell('other-namespace', one.local);
    }
    return found;
  }

  function one(name: string): Element | null {
    const [first, second] = all(name);
    if (second !== undefined) throw fault('repeated', { name, line: second.line, path });
    return first ?? null;
  }

  function textOf(from: Element): string | null {
    const [inner] = elementsIn(from);
    if (inner !== undefined) throw fault('not-text', { name: from.local, line: inner.line, path });
    const text = textIn(from).trim();
    // What a program writes that had nothing to write.
    if (text === 'null') tell('null-text', from.local);
    return text === '' || text === 'null' ? null : text;
  }

  function text(name: string): string | null {
    const found = one(name);
    return found === null ? null : textOf(found);
  }

  return {
    path,
    line: element.line,
    element,
    part: (name) => {
      const found = one(name);
      return found === null ? null : fieldsOf(found, note, path);
    },
    group: (name) =>
      fieldsOf(one(name) ?? { ...element, local: name, children: [], content: null }, note, path),
    parts: (name) => all(name).map((found) => fieldsOf(found, note, path)),
    text,
    texts: (name) => all(name).flatMap((found) => textOf(found) ?? []),
    ownText: () => textOf(element),
    value: (name, read, otherwise) => {
      const found = text(name);
      if (found === null) return null;
      const value = read(found);
      if (value === null) tell(otherwise, name);
      return value;
    },
    tell,
    tellUnknown: (but) => {
      for (const [name, found] of byName) {
        if (!asked.has(name) && (but === undefined || name !== nameOf(but))) {
          for (const { local } of found) tell('unknown-part', local);
        }
      }
    },
  };
}

/** A text without which there is no message. */
export function neededText(fields: Fields, name: string): string {
  const text = fields.text(name);
  if (text === null) throw fault('missing', { name, line: fields.line, path: fields.path });
  return text;
}

export function neededPart(fields: Fields, name: string): Fields {
  const part = fields.part(name);
  if (part === null) throw fault('missing', { name, line: fields.line, path: fields.path });
  return part;
}
