import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '#shared/node/packages/public.ts';
import type { Unpacked } from './unpacked.ts';
import type { kinds } from './sample.ts';

type Code = Finding['code'];

export type PlantedFault = Readonly<{
  plant: (at: Unpacked) => void;
  /** All that is found, no more. */
  finds: readonly Code[];
  kind?: (typeof kinds)[number];
  as?: 'bag';
}>;

const rep = 'representations/rep1/';
const repMets = `${rep}METS.xml`;
const ead = 'metadata/descriptive/EAD.xml';
const doc = `${rep}metadata/descriptive/EAD_DOC_000001.xml`;
const data = `${rep}data/000001.pdf`;
const premis = 'metadata/preservation/PREMIS.xml';
const repPremis = `${rep}metadata/preservation/PREMIS_rep1.xml`;

/** A change in one file; everything that speaks of its size and hash is brought up to date, so it is the only fault. */
function edit(path: string, from: string | RegExp, to: string): PlantedFault['plant'] {
  return (at) => {
    at.change(path, from, to);
    at.reseal(path === repMets ? [''] : undefined);
  };
}

const field = (name: string, value: string, path = doc): PlantedFault['plant'] =>
  edit(path, new RegExp(`<${name}>[^<]*</${name}>`), `<${name}>${value}</${name}>`);

const files: readonly PlantedFault[] = [
  { finds: ['file-missing'], plant: (at) => at.remove(data) },
  { finds: ['file-unlisted'], plant: (at) => at.write(`${rep}data/lạ.pdf`, 'x') },
  { finds: ['file-unlisted'], plant: (at) => at.write('METS.xml.bak', 'x') },
  { finds: ['file-hash'], plant: (at) => at.change(data, 'PDF', 'PDE') },
  { finds: ['file-hash', 'file-size'], plant: (at) => at.write(data, 'khác') },
  {
    finds: ['file-size'],
    plant: edit(
      repMets,
      / SIZE="\d+"( CREATED="[^"]*" CHECKSUM="\w+" CHECKSUMTYPE="SHA-256"><mets:FLocat)/,
      ' SIZE="7"$1',
    ),
  },
  {
    finds: ['link', 'file-missing'],
    plant: (at) => {
      at.remove(data);
      symlinkSync('/etc/passwd', join(at.root, data));
    },
  },
  { finds: ['link'], plant: (at) => symlinkSync('..', join(at.root, 'lên')) },
  { finds: ['path-case', 'file-unlisted'], plant: (at) => at.write(`${rep}data/000001.PDF`, 'x') },
  {
    finds: ['path-normalisation', 'file-unlisted', 'file-unlisted'],
    plant: (at) => {
      at.write('documentation/bản.pdf'.normalize('NFC'), 'x');
      at.write('documentation/bản.pdf'.normalize('NFD'), 'x');
    },
  },
  {
    finds: ['path-form', 'path-form'],
    plant: (at) => {
      at.write('documentation/aux.pdf', 'x');
      at.write('documentation/a\\b.pdf', 'x');
    },
  },
  { finds: ['mets-missing'], plant: (at) => at.remove('METS.xml') },
  { finds: ['outside-folder'], plant: (at) => at.write('../thư.txt', 'x') },
  { finds: ['folder-name'], plant: edit('METS.xml', /[0-9A-F]{12}" LABEL/, '000000000000" LABEL') },
];

const mets: readonly PlantedFault[] = [
  {
    finds: ['mets-link', 'file-unlisted'],
    plant: edit(repMets, 'href="data/000001.pdf"', 'href="../../../x"'),
  },
  {
    finds: ['mets-link', 'file-unlisted'],
    plant: edit(repMets, 'href="data/000001.pdf"', 'href="file:///etc/passwd"'),
  },
  {
    finds: ['mets-link', 'file-unlisted'],
    plant: edit(repMets, 'href="data/000001.pdf"', 'href="/etc/passwd"'),
  },
  { finds: ['mets-link', 'file-unlisted'], plant: edit(repMets, 'href="data/000001.pdf"', 'href="%zz"') },
  {
    finds: ['mets-link'],
    plant: edit(
      'METS.xml',
      '</mets:div></mets:structMap>',
      '<mets:mptr LOCTYPE="URL" xlink:href="x/METS.xml"/></mets:div></mets:structMap>',
    ),
  },
  {
    finds: ['file-missing', 'file-unlisted'],
    plant: edit(repMets, 'href="data/000001.pdf"', 'href="data/000009.pdf"'),
  },
  {
    finds: ['file-listed-twice', 'mets-id-twice'],
    plant: edit(repMets, /(<mets:file ID="file-1-2".*<\/mets:file>)/, '$1$1'),
  },
  { finds: ['mets-link-type'], plant: edit(repMets, /LOCTYPE="URL"/, 'LOCTYPE="HANDLE"') },
  { finds: ['mets-checksum-type'], plant: edit(repMets, 'CHECKSUMTYPE="SHA-256"', 'CHECKSUMTYPE="MD5"') },
  { finds: ['mets-checksum-form'], plant: edit(repMets, /CHECKSUM="\w+"/, 'CHECKSUM="abc"') },
  { finds: ['mets-size'], plant: edit(repMets, / SIZE="\d+"/, '') },
  {
    finds: ['mets-id-missing', 'mets-id-unknown', 'file-without-document'],
    plant: edit(repMets, 'ID="file-1-2" ', ''),
  },
  {
    finds: ['mets-id-unknown', 'file-without-document'],
    plant: edit(repMets, 'FILEID="file-1-2"', 'FILEID="file-9-9"'),
  },
  { finds: ['mets-id-twice', 'mets-id-unknown'], plant: edit(repMets, 'ID="file-1-2"', 'ID="file-1-3"') },
  { finds: ['mets-value'], plant: edit('METS.xml', / PROFILE="[^"]*"/, '') },
  {
    finds: ['mets-value'],
    plant: edit('METS.xml', /<mets:altRecordID TYPE="FONDS">.*?<\/mets:altRecordID>/, ''),
  },
  { finds: ['time-form'], plant: edit(repMets, /CREATED="[^"]*"/, 'CREATED="2026-11-29T18:30:07Z"') },
  { finds: ['xml-root'], plant: edit('METS.xml', 'http://www.loc.gov/METS/', 'urn:x') },
  { finds: ['object-id'], plant: edit('METS.xml', 'OBJID="uuid-', 'OBJID="') },
  { finds: ['package-type'], plant: edit('METS.xml', 'OAISPACKAGETYPE="SIP"', 'OAISPACKAGETYPE="ZIP"') },
  { finds: ['file-role'], plant: edit(repMets, 'USE="text"', 'USE="chữ"') },
  { finds: ['no-original'], plant: edit(repMets, 'USE="original"', 'USE="rendition"') },
  { finds: ['ead-doc-missing', 'mets-id-unknown'], plant: edit(repMets, 'DMDID="dmd-1"', 'DMDID="dmd-9"') },
  { finds: ['document-id-twice'], plant: edit(repMets, 'LABEL="000002"', 'LABEL="000001"') },
  {
    finds: ['no-documents', 'total-doc', 'file-without-document'],
    plant: edit(repMets, /TYPE="document"/g, 'TYPE="x"'),
  },
];

const fields: readonly PlantedFault[] = [
  { finds: ['field-missing'], plant: field('subject', '') },
  { finds: ['field-long'], plant: field('subject', 'ế'.repeat(501)) },
  { finds: ['field-code'], plant: field('typeName', '33') },
  { finds: ['field-date'], plant: field('issuedDate', '2026-03-09') },
  { finds: ['field-date'], plant: field('issuedDate', '31/02/2026') },
  { finds: ['field-number'], plant: field('numberOfPage', 'hai') },
  { finds: ['field-flag'], plant: field('process', 'có') },
  { finds: ['field-form'], plant: field('docCode', 'H19.2026.01.TCCB.1') },
  { finds: ['field-absent'], plant: edit(doc, /\s*<keyword\/>|\s*<keyword>[^<]*<\/keyword>/, '') },
  { finds: ['field-unknown'], plant: edit(doc, '<subject>', '<lạ/><subject>') },
  { finds: ['field-twice'], plant: edit(doc, '<subject>', '<mode>01</mode><subject>') },
  { finds: ['field-order'], plant: edit(doc, /(<mode>\d+<\/mode>)(\s*<language>\d+<\/language>)/, '$2$1') },
  { finds: ['xml-unexpected'], plant: edit(doc, '<subject>', 'lời<subject>') },
  { finds: ['field-missing'], plant: field('maintenance', '', 'metadata/descriptive/EAD_00001.xml') },
  { finds: ['total-doc'], plant: field('totalDoc', '9', ead) },
  { finds: ['dates-reversed'], plant: field('startDate', '01/12/2026', ead) },
  { finds: ['other-dossier', 'document-code'], plant: field('arcFileCode', 'H19.2026.02') },
  { finds: ['document-code'], plant: field('docCode', 'X.0000001') },
  { finds: ['document-code-twice'], plant: field('docCode', 'H19.2026.01.TCCB.0000002') },
  {
    finds: ['xml-doctype'],
    plant: edit(doc, '<simpledc>', '<!DOCTYPE simpledc [<!ENTITY a "b">]><simpledc>'),
  },
  { finds: ['xml-entity'], plant: edit(doc, '<simpledc>', '<simpledc>&a;') },
  { finds: ['xml-not-well-formed'], plant: edit(doc, '</simpledc>', '') },
  {
    finds: ['xml-too-large', 'field-unknown', 'xml-unexpected'],
    plant: edit(doc, '<simpledc>', `<simpledc>${'<a>'.repeat(50)}`),
  },
  { finds: ['xml-encoding'], plant: edit(doc, 'UTF-8', 'windows-1258') },
];

const preserved: readonly PlantedFault[] = [
  { finds: ['premis-differs'], plant: edit(repPremis, /<premis:size>\d+/, '<premis:size>1') },
  { finds: ['premis-differs'], plant: edit(repPremis, /Digest>\w{8}/, 'Digest>00000000') },
  {
    finds: ['premis-differs', 'premis-file-missing'],
    plant: edit(repPremis, 'data/000001.pdf', 'data/000007.pdf'),
  },
  { finds: ['premis-event'], plant: edit(premis, '<premis:eventType>transfer', '<premis:eventType>chuyển') },
  {
    finds: ['premis-event'],
    plant: edit(premis, '<premis:eventType>information package creation', '<premis:eventType>transfer'),
  },
  {
    finds: ['time-form'],
    plant: edit(premis, /\+07:00<\/premis:eventDateTime>/, 'Z</premis:eventDateTime>'),
  },
  { finds: ['xml-root'], plant: edit(premis, 'http://www.loc.gov/premis/v3"', 'urn:x"') },
  {
    finds: ['premis-missing', 'file-unlisted', 'premis-event', 'mets-id-unknown'],
    plant: edit('METS.xml', /<mets:amdSec.*?<\/mets:amdSec>/, ''),
  },
  {
    finds: ['object-id', 'folder-name', 'premis-unexpected'],
    plant: edit('METS.xml', 'OAISPACKAGETYPE="AIP"', 'OAISPACKAGETYPE="SIP"'),
  },
].map((one) => ({ ...one, finds: one.finds as Code[], kind: 'AIP_hoso' as const }));

const manifest = 'manifest-sha256.txt';

const ofBags: readonly PlantedFault[] = [
  { finds: ['bag-version', 'bag-hash'], plant: (at) => at.change('bagit.txt', '1.0', '2.0') },
  { finds: ['bag-version', 'bag-hash'], plant: (at) => at.change('bagit.txt', 'UTF-8', 'UTF-16') },
  { finds: ['bag-version', 'bag-hash'], plant: (at) => at.change('bagit.txt', 'BagIt', '\ufeffBagIt') },
  { finds: ['bag-manifest-missing', 'bag-file-missing'], plant: (at) => at.remove(manifest) },
  { finds: ['bag-algorithm'], plant: (at) => at.write('manifest-md5.txt', '') },
  {
    finds: ['bag-line', 'bag-file-unlisted', 'bag-hash'],
    plant: (at) => at.change(manifest, /^(\w+) {2}/, '$1'),
  },
  {
    finds: ['bag-path', 'bag-hash'],
    plant: (at) => at.write('manifest-sha512.txt', `${at.read(manifest)}00  data/../../x\n`),
  },
  {
    finds: ['bag-path', 'bag-hash'],
    plant: (at) => at.write('manifest-sha512.txt', `${at.read(manifest)}00  ~/x\n`),
  },
  {
    finds: ['bag-path', 'bag-hash'],
    plant: (at) => at.write('manifest-sha512.txt', `${at.read(manifest)}00  /etc/passwd\n`),
  },
  {
    finds: ['bag-path', 'bag-hash'],
    plant: (at) => at.write('manifest-sha512.txt', `${at.read(manifest)}00  bagit.txt\n`),
  },
  { finds: ['bag-fetch'], plant: (at) => at.write('fetch.txt', 'http://127.0.0.1/x 1 data/x\n') },
  { finds: ['bag-hash', 'file-hash'], plant: (at) => at.change(`data/${data}`, 'PDF', 'PDE') },
  { finds: ['bag-file-missing', 'bag-oxum', 'file-missing'], plant: (at) => at.remove(`data/${data}`) },
  {
    finds: ['bag-file-unlisted', 'bag-oxum', 'file-unlisted'],
    plant: (at) => at.write('data/thêm.txt', 'x'),
  },
  // What METS does not speak of is read for the bag's sake.
  {
    finds: ['bag-hash', 'bag-oxum', 'file-unlisted'],
    plant: (at) => {
      at.write('data/x.txt', 'x');
      at.change(manifest, /$/, `${'0'.repeat(64)}  data/x.txt\n`);
    },
  },
  {
    finds: ['bag-oxum', 'bag-hash'],
    plant: (at) => at.change('bag-info.txt', 'Payload-Oxum: ', 'Payload-Oxum: 1'),
  },
  {
    finds: ['path-normalisation', 'bag-file-missing', 'bag-hash'],
    plant: (at) => {
      const names = ['NFC', 'NFD'].map((form) => `00  data/${'bản'.normalize(form)}\n`);
      at.change(manifest, /$/, names.join(''));
    },
  },
];
const bags = ofBags.map((one) => ({ ...one, as: 'bag' as const }));

export const plantedFaults: readonly PlantedFault[] = [...files, ...mets, ...fields, ...preserved, ...bags];
