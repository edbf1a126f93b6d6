import { representation } from './names.ts';
import type { OtherFile, PackageDocument, PackageHead } from './model.ts';

/** Where everything lies in a package: E-ARK CSIP 2.0.4, with the names of TT 05/2025/TT-BNV. */
export const paths = {
  mets: 'METS.xml',
  ead: 'metadata/descriptive/EAD.xml',
  premis: 'metadata/preservation/PREMIS.xml',
  representationMets: `representations/${representation}/METS.xml`,
  representationPremis: `representations/${representation}/metadata/preservation/PREMIS_${representation}.xml`,
} as const;

const within = `representations/${representation}/`;

/** A dossier's own dossiers have an EAD of their own each. */
export function partPath(index: number): string {
  return `metadata/descriptive/EAD_${String(index + 1).padStart(5, '0')}.xml`;
}

export function documentEadPath(docId: string): string {
  return `${within}metadata/descriptive/EAD_DOC_${docId}.xml`;
}

/**
 * A document's files, in their order: the first original under the document's own name, the rest beside it. No document's
 * id holds a tilde, so no two documents' files meet.
 */
export function filePaths({ fields, files }: PackageDocument): readonly string[] {
  const met = new Map<string, number>();
  return files.map(({ role, name }) => {
    const number = (met.get(role) ?? 0) + 1;
    met.set(role, number);
    const mark = role === 'original' && number === 1 ? '' : `~${role}${number}`;
    return `${within}data/${fields.docId}${mark}${extensionOf(name)}`;
  });
}

export function otherPath({ role, name }: OtherFile, index: number): string {
  return `documentation/${role}/${String(index + 1).padStart(5, '0')}${extensionOf(name)}`;
}

/** A path as a METS file of the representation names it. */
export function seenFromRepresentation(path: string): string {
  return path.slice(within.length);
}

/** TT 05/2025/TT-BNV: `uuid-{UUID}` for a SIP, `urn:{fonds}:uuid-{UUID}` for an AIP; a DIP is named like a SIP. */
export function objectIdOf({ kind, id, agency }: PackageHead): string {
  const uuid = `uuid-${id.toUpperCase()}`;
  return kind.startsWith('AIP') ? `urn:${agency.fonds}:${uuid}` : uuid;
}

export function folderOf(objectId: string): string {
  return objectId.replaceAll(':', '_');
}

/** A name's ending where it is plain; what is opened by its ending stays so. */
function extensionOf(name: string): string {
  const [ending] = /\.[A-Za-z0-9]{1,10}$/.exec(name) ?? ['.bin'];
  return ending.toLowerCase();
}
