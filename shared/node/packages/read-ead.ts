import type { z } from 'zod';
import type { Findings } from './findings.ts';
import type { Placed } from './field-order.ts';
import { faultOf } from './values.ts';
import { understood, type FieldValue } from './wire.ts';
import type { XmlHandler } from './xml-reader.ts';

export type FieldReading = Readonly<{ handler: XmlHandler; end: () => ReadonlyMap<string, FieldValue> }>;

type Order = Readonly<{
  path: string;
  findings: Findings;
  elements: readonly Placed<string>[];
  shape: Readonly<Record<string, z.ZodType>>;
}>;

/** Reads an EAD.xml or EAD_doc.xml: each field against the very schema the writer obeys. */
export function openFields({ path, findings, elements, shape }: Order): FieldReading {
  const placeOf = new Map(elements.map(({ element }, place) => [element, place]));
  const texts = new Map<string, string>();
  let depth = 0;
  let current: string | null = null;
  let reached = -1;

  function openField(name: string): void {
    const place = placeOf.get(name);
    current = null;
    if (place === undefined) findings.add('field-unknown', path, { field: name });
    else if (texts.has(name)) findings.add('field-twice', path, { field: name });
    else {
      if (place < reached) findings.add('field-order', path, { field: name });
      reached = Math.max(reached, place);
      current = name;
      texts.set(name, '');
    }
  }

  return {
    handler: {
      open: ({ local, uri }) => {
        if (depth === 0 && (local !== 'simpledc' || uri !== '')) {
          findings.add('xml-root', path, { name: 'simpledc' });
        }
        if (depth === 1) openField(uri === '' ? local : `{${uri}}${local}`);
        if (depth > 1) findings.add('xml-unexpected', path, { name: local });
        depth += 1;
      },
      close: () => {
        depth -= 1;
      },
      text: (text) => {
        if (depth === 2) {
          if (current !== null) texts.set(current, (texts.get(current) ?? '') + text);
        } else if (text.trim() !== '') {
          findings.add('xml-unexpected', path, { name: text.trim().slice(0, 40) });
        }
      },
    },
    end: () => {
      const values = new Map<string, FieldValue>();
      for (const { element, key } of elements) {
        const text = texts.get(element);
        const value = text === undefined ? null : understood(key, text);
        const isFault = typeof value === 'object' && value !== null;
        values.set(key, isFault ? null : value);
        const params = { field: element, value: text?.slice(0, 100) ?? '' };
        if (text === undefined) findings.add('field-absent', path, params);
        else if (isFault) findings.add(`field-${value.fault}`, path, params);
        else {
          const [issue] = shape[key]?.safeParse(value).error?.issues ?? [];
          const fault = value === null ? 'missing' : issue && faultOf(issue);
          if (issue !== undefined) findings.add(`field-${fault ?? 'missing'}`, path, params);
        }
      }
      return values;
    },
  };
}
