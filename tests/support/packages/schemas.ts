import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusPath } from '../corpus.ts';
import { judgesIn } from '../pdf-judges.ts';

/**
 * The schemas are placeholders that no validator takes as they are: mets.xsd declares an attribute with a colon in its
 * name, premis.xsd puts an attribute before the elements and stands in a namespace of its own, and all import an xml.xsd
 * that is not there. These are mended; what they say of elements and their order is theirs.
 */
function schema(folder: string, name: string): string {
  const text = readFileSync(corpusPath('archive-schemas', name), 'utf8');
  const anyAttribute = '<xs:anyAttribute processContents="skip"/>';
  const mended = text
    .replace('<xs:attribute name="xsi:schemaLocation" type="xs:string"/>', '')
    .replace(/<xs:import[^>]*?(?:\/>|>\s*<\/xs:import>)/, '')
    .replace(anyAttribute, '')
    .replace('</xs:sequence>', name === 'premis.xsd' ? `</xs:sequence>${anyAttribute}` : '</xs:sequence>')
    .replaceAll('info:lc/xmlns/premis-v3', 'http://www.loc.gov/premis/v3');
  const path = join(folder, name);
  writeFileSync(path, mended);
  return path;
}

const schemaOf = [
  ['METS.xml', 'mets.xsd'],
  ['EAD_DOC_', 'EAD_doc.xsd'],
  ['EAD', 'ead.xsd'],
  ['PREMIS', 'premis.xsd'],
] as const;

/** Has `xmllint` judge every file of an unpacked package that a schema speaks of; gives which did, and throws where one does not hold. */
export function judgedBySchemas(folder: string, root: string): readonly string[] {
  const { run } = judgesIn(folder);
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return files.flatMap((path) => {
    const name = path.split('/').at(-1) ?? '';
    const by = schemaOf.find(([beginning]) => name.startsWith(beginning))?.[1] ?? null;
    if (by === null) return [];
    run('xmllint', '--noout', '--nonet', '--schema', schema(folder, by), path);
    return [by];
  });
}
