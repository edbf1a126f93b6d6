import { documentElements, dossierElements, type FieldForm, type Placed } from './field-order.ts';
import type { DocumentFields, Dossier } from './model.ts';
import { written, type FieldValue } from './wire.ts';
import { declaration, leaf } from './xml-text.ts';

export function dossierXml(dossier: Dossier, form: FieldForm, isSubmission: boolean): string {
  return xmlOf(dossier, dossierElements(form, isSubmission));
}

export function documentXml(fields: DocumentFields, form: FieldForm): string {
  return xmlOf(fields, documentElements(form));
}

/** Every element is there, in its order; the schemas know no element that may be left out. */
function xmlOf<Key extends string>(
  values: Readonly<Record<Key, FieldValue>>,
  elements: readonly Placed<Key>[],
): string {
  const lines = elements.map(({ element, key }) => `  ${leaf(element, {}, written(key, values[key]))}\n`);
  return `${declaration}<simpledc>\n${lines.join('')}</simpledc>\n`;
}
