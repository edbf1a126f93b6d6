import type { AcroForm, FormField } from './fields.ts';
import type { PdfView } from './document.ts';
import { isArray, isDict, nameOf, textOf, type PdfDict } from './values.ts';

/** What a signature forbids from then on. */
export type Lock = Readonly<{
  locks: (fieldName: string) => boolean;
  /** 1 no changes but archival data, 2 also filling and signing, 3 also annotations; null when it does not say. */
  level: 1 | 2 | 3 | null;
}>;

/** The locks a signature dictionary carries (FieldMDP and DocMDP), with the level of its field's own /Lock. */
export function lockOf(view: PdfView, signature: PdfDict, field: FormField): Lock {
  const references = view.resolve(signature.entries.get('Reference'));
  const rules: ((fieldName: string) => boolean)[] = [];
  let level: Lock['level'] = null;
  for (const item of isArray(references) ? references.items : []) {
    const reference = view.resolve(item);
    const params = isDict(reference) ? view.resolve(reference.entries.get('TransformParams')) : null;
    if (!isDict(reference) || !isDict(params)) continue;
    const method = nameOf(view.resolve(reference.entries.get('TransformMethod')));
    if (method === 'FieldMDP') rules.push(ruleOf(view, params));
    if (method === 'DocMDP') level = strictest(level, levelOf(view, params) ?? 2);
    if (method === 'FieldMDP') level = strictest(level, levelOf(view, params));
  }
  const own = view.resolve(field.dict.entries.get('Lock'));
  if (isDict(own)) {
    rules.push(ruleOf(view, own));
    level = strictest(level, levelOf(view, own));
  }
  return { locks: (fieldName) => rules.some((rule) => rule(fieldName)), level };
}

/** The locks of every signature made so far. */
export function allLocks(view: PdfView, form: AcroForm): readonly Lock[] {
  return [...form.fields.values()].flatMap((field) => {
    const signature = field.type === 'Sig' ? view.resolve(field.value) : null;
    return isDict(signature) ? [lockOf(view, signature, field)] : [];
  });
}

function ruleOf(view: PdfView, params: PdfDict): (fieldName: string) => boolean {
  const action = nameOf(view.resolve(params.entries.get('Action')));
  const listed = view.resolve(params.entries.get('Fields'));
  const names = isArray(listed) ? listed.items.map((item) => textOf(view.resolve(item)) ?? '') : [];
  const isListed = (fieldName: string): boolean =>
    names.some((listedName) => fieldName === listedName || fieldName.startsWith(`${listedName}.`));
  if (action === 'Include') return isListed;
  if (action === 'Exclude') return (fieldName) => !isListed(fieldName);
  return () => true;
}

function levelOf(view: PdfView, params: PdfDict): Lock['level'] {
  const level = view.resolve(params.entries.get('P'));
  return level === 1 || level === 2 || level === 3 ? level : null;
}

function strictest(a: Lock['level'], b: Lock['level']): Lock['level'] {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
