import {
  documentEadPath,
  filePaths,
  objectIdOf,
  otherPath,
  partPath,
  paths,
  seenFromRepresentation,
} from './layout.ts';
import type { Package } from './model.ts';
import { vietnamTime } from './moments.ts';
import {
  csipNamespace,
  csipProfile,
  metsNamespace,
  representation,
  schemaInstance,
  xlinkNamespace,
} from './names.ts';
import type { Print } from './print.ts';
import { around, declaration, leaf, start } from './xml-text.ts';

export type Software = Readonly<{ name: string; version: string }>;

/** The prints of what the package itself adds, by path. */
export type PrintAt = (path: string) => Print;

type Parts = Readonly<{ given: Package; software: Software; printAt: PrintAt }>;

/** The package's METS: what describes it, what belongs to it, and its one representation. */
export function* packageMets({ given, software, printAt }: Parts): Generator<string> {
  const at = vietnamTime(given.createdAt);
  const isPreserved = given.kind.startsWith('AIP');
  yield opening(objectIdOf(given), given);
  yield header(given, software, at);
  if (given.dossier !== null) {
    yield described('dmd-ead', reference(paths.ead, eadType, printAt(paths.ead), at), at);
  }
  for (const index of given.parts.keys()) {
    const path = partPath(index);
    yield described(`dmd-ead-${index + 1}`, reference(path, eadType, printAt(path), at), at);
  }
  if (isPreserved) {
    yield preserved('amd-premis', reference(paths.premis, premisType, printAt(paths.premis), at));
  }
  yield `${start('mets:fileSec', { ID: 'files' })}\n`;
  if (given.others.length > 0) {
    yield `${start('mets:fileGrp', { ID: 'documentation', USE: 'Documentation' })}\n`;
    for (const [index, other] of given.others.entries()) {
      const { role, name, size, hash, type } = other;
      const path = otherPath(other, index);
      yield fileEntry({ id: `other-${index + 1}`, role, type, name, path, print: { size, hash }, at });
    }
    yield '</mets:fileGrp>\n';
  }
  yield `${start('mets:fileGrp', { ID: 'representation', USE: `Representations/${representation}` })}\n`;
  const print = printAt(paths.representationMets);
  const path = paths.representationMets;
  yield fileEntry({ id: 'representation-mets', role: null, type: xmlType, name: null, path, print, at });
  yield '</mets:fileGrp>\n</mets:fileSec>\n';
  yield packageMap(given, isPreserved);
  yield '</mets:mets>\n';
}

/** The representation's METS: each document with its description and its files. */
export function* representationMets({ given, software, printAt }: Parts): Generator<string> {
  const at = vietnamTime(given.createdAt);
  const isPreserved = given.kind.startsWith('AIP');
  yield opening(representation, given);
  yield header(given, software, at);
  for (const [index, { fields }] of given.documents.entries()) {
    const path = documentEadPath(fields.docId);
    const named = reference(seenFromRepresentation(path), documentType, printAt(path), at);
    yield described(`dmd-${index + 1}`, named, at);
  }
  if (isPreserved) {
    const path = paths.representationPremis;
    yield preserved('amd-premis', reference(seenFromRepresentation(path), premisType, printAt(path), at));
  }
  yield `${start('mets:fileSec', { ID: 'files' })}\n${start('mets:fileGrp', { ID: 'data', USE: 'Data' })}\n`;
  for (const [index, document] of given.documents.entries()) {
    const places = filePaths(document);
    for (const [place, { role, type, name, size, hash }] of document.files.entries()) {
      const path = seenFromRepresentation(places[place] ?? '');
      yield fileEntry({ id: fileId(index, place), role, type, name, path, print: { size, hash }, at });
    }
  }
  yield '</mets:fileGrp>\n</mets:fileSec>\n';
  yield around('mets:structMap', { ID: 'structure', TYPE: 'PHYSICAL', LABEL: 'CSIP' }, [
    around('mets:div', { ID: 'div-representation', LABEL: representation }, [
      leaf('mets:div', { ID: 'div-metadata', LABEL: 'Metadata', ADMID: isPreserved ? 'amd-premis' : null }),
      around('mets:div', { ID: 'div-data', LABEL: 'Data' }, [leaf('mets:fptr', { FILEID: 'data' })]),
    ]),
  ]);
  yield `\n${start('mets:structMap', { ID: 'documents', TYPE: 'LOGICAL', LABEL: 'Documents' })}\n`;
  yield `${start('mets:div', { ID: 'div-documents', LABEL: representation })}\n`;
  for (const [index, { fields, files }] of given.documents.entries()) {
    const named = {
      ID: `document-${index + 1}`,
      TYPE: 'document',
      ORDER: fields.docOrdinal,
      ORDERLABEL: fields.arcFileCode,
      LABEL: fields.docId,
      DMDID: `dmd-${index + 1}`,
    };
    const pointers = files.map((_, place) => leaf('mets:fptr', { FILEID: fileId(index, place) }));
    yield `${around('mets:div', named, pointers)}\n`;
  }
  yield '</mets:div>\n</mets:structMap>\n</mets:mets>\n';
}

const xmlType = 'application/xml';
const eadType = { MDTYPE: 'OTHER', OTHERMDTYPE: 'EAD', MDTYPEVERSION: '1.0.0' };
/** As the circular's sample packages call it. */
const documentType = { MDTYPE: 'DC', OTHERMDTYPE: null, MDTYPEVERSION: '1.0.0' };
const premisType = { MDTYPE: 'PREMIS', OTHERMDTYPE: null, MDTYPEVERSION: '3.0' };

function opening(id: string, given: Package): string {
  return `${declaration}${start('mets:mets', {
    'xmlns:mets': metsNamespace,
    'xmlns:csip': csipNamespace,
    'xmlns:xlink': xlinkNamespace,
    'xmlns:xsi': schemaInstance,
    'xsi:schemaLocation': `${metsNamespace} http://www.loc.gov/standards/mets/mets.xsd`,
    OBJID: id,
    LABEL: given.dossier?.title ?? given.agency.name,
    TYPE: 'Mixed',
    PROFILE: csipProfile,
  })}\n`;
}

function header({ kind, agency, archive, dossier }: Package, software: Software, at: string): string {
  const attributes = { CREATEDATE: at, RECORDSTATUS: 'NEW', 'csip:OAISPACKAGETYPE': kind.slice(0, 3) };
  const body = (role: string, { name, code }: Readonly<{ name: string; code: string }>): string =>
    around('mets:agent', { ROLE: role, TYPE: 'ORGANIZATION' }, [
      leaf('mets:name', {}, name),
      leaf('mets:note', { 'csip:NOTETYPE': 'IDENTIFICATIONCODE' }, code),
    ]);
  const lines = [
    around('mets:agent', { ROLE: 'CREATOR', TYPE: 'OTHER', OTHERTYPE: 'SOFTWARE' }, [
      leaf('mets:name', {}, software.name),
      leaf('mets:note', { 'csip:NOTETYPE': 'SOFTWARE VERSION' }, software.version),
    ]),
    body('CREATOR', agency),
    ...(archive === null ? [] : [body('ARCHIVIST', archive)]),
    ...(dossier === null ? [] : [leaf('mets:altRecordID', { TYPE: 'FILECODE' }, dossier.arcFileCode)]),
    leaf('mets:altRecordID', { TYPE: 'FONDS' }, agency.fonds),
  ];
  return `${around(
    'mets:metsHdr',
    attributes,
    lines.map((line) => `\n${line}`),
  )}\n`;
}

type MetadataType = Readonly<{ MDTYPE: string; OTHERMDTYPE: string | null; MDTYPEVERSION: string }>;

function reference(href: string, type: MetadataType, { size, hash }: Print, at: string): string {
  return leaf('mets:mdRef', {
    LOCTYPE: 'URL',
    ...type,
    MIMETYPE: xmlType,
    SIZE: size,
    CREATED: at,
    CHECKSUM: hash,
    CHECKSUMTYPE: 'SHA-256',
    'xlink:type': 'simple',
    'xlink:href': href,
  });
}

function described(id: string, named: string, at: string): string {
  return `${around('mets:dmdSec', { ID: id, CREATED: at, STATUS: 'CURRENT' }, [named])}\n`;
}

function preserved(id: string, named: string): string {
  const inner = around('mets:digiprovMD', { ID: `${id}-digiprov`, STATUS: 'CURRENT' }, [named]);
  return `${around('mets:amdSec', { ID: id }, [inner])}\n`;
}

type FileEntry = Readonly<{
  id: string;
  role: string | null;
  type: string;
  /** As people know it. */
  name: string | null;
  path: string;
  print: Print;
  at: string;
}>;

function fileEntry({ id, role, type, name, path, print, at }: FileEntry): string {
  const attributes = {
    ID: id,
    USE: role,
    MIMETYPE: type,
    SIZE: print.size,
    CREATED: at,
    CHECKSUM: print.hash,
    CHECKSUMTYPE: 'SHA-256',
  };
  const location = { LOCTYPE: 'URL', 'xlink:type': 'simple', 'xlink:href': path, 'xlink:title': name };
  return `${around('mets:file', attributes, [leaf('mets:FLocat', location)])}\n`;
}

function fileId(document: number, place: number): string {
  return `file-${document + 1}-${place + 1}`;
}

/** CSIP: one physical map, whose first division bears the package's name. */
function packageMap(given: Package, isPreserved: boolean): string {
  const described = [
    ...(given.dossier === null ? [] : ['dmd-ead']),
    ...given.parts.map((_, index) => `dmd-ead-${index + 1}`),
  ];
  const metadata = {
    ID: 'div-metadata',
    LABEL: 'Metadata',
    DMDID: described.length === 0 ? null : described.join(' '),
    ADMID: isPreserved ? 'amd-premis' : null,
  };
  const pointer = {
    LOCTYPE: 'URL',
    'xlink:type': 'simple',
    'xlink:href': paths.representationMets,
    'xlink:title': 'representation',
  };
  return `${around('mets:structMap', { ID: 'structure', TYPE: 'PHYSICAL', LABEL: 'CSIP' }, [
    around('mets:div', { ID: 'div-package', LABEL: objectIdOf(given) }, [
      leaf('mets:div', metadata),
      ...(given.others.length === 0
        ? []
        : [
            around('mets:div', { ID: 'div-documentation', LABEL: 'Documentation' }, [
              leaf('mets:fptr', { FILEID: 'documentation' }),
            ]),
          ]),
      around('mets:div', { ID: 'div-representation', LABEL: `Representations/${representation}` }, [
        leaf('mets:mptr', pointer),
      ]),
    ]),
  ])}\n`;
}
