import type { PrintedTable } from '../typesetting/public.ts';

type Part = Readonly<{ name: string; text: string }>;

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const packageNames = 'http://schemas.openxmlformats.org/package/2006';
const officeNames = 'http://schemas.openxmlformats.org/officeDocument/2006';
const wordNames = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const wordTypes = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const coreType = 'application/vnd.openxmlformats-package.core-properties+xml';

/** What a text file is made of besides its body (ECMA-376): types, relations, the letters it is set in, the page's number. */
export function docxParts(body: string, { title, agency }: PrintedTable): readonly Part[] {
  const word = `xmlns:w="${wordNames}" xmlns:r="${officeNames}/relationships"`;
  const part = (name: string, text: string): Part => ({ name, text: `${declaration}${text}` });
  return [
    part('[Content_Types].xml', contentTypes),
    part(
      '_rels/.rels',
      relations([
        [`${officeNames}/relationships/officeDocument`, 'word/document.xml'],
        [`${packageNames}/relationships/metadata/core-properties`, 'docProps/core.xml'],
      ]),
    ),
    part('docProps/core.xml', coreOf(title, agency)),
    part(
      'word/_rels/document.xml.rels',
      relations([
        [`${officeNames}/relationships/styles`, 'styles.xml'],
        [`${officeNames}/relationships/header`, 'header1.xml'],
      ]),
    ),
    part('word/styles.xml', `<w:styles ${word}><w:docDefaults>${letters}</w:docDefaults></w:styles>`),
    part('word/header1.xml', `<w:hdr ${word}>${pageNumber}</w:hdr>`),
    part('word/document.xml', `<w:document ${word}><w:body>${body}</w:body></w:document>`),
  ];
}

const contentTypes = [
  `<Types xmlns="${packageNames}/content-types">`,
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
  '<Default Extension="xml" ContentType="application/xml"/>',
  `<Override PartName="/word/document.xml" ContentType="${wordTypes}.document.main+xml"/>`,
  `<Override PartName="/word/styles.xml" ContentType="${wordTypes}.styles+xml"/>`,
  `<Override PartName="/word/header1.xml" ContentType="${wordTypes}.header+xml"/>`,
  `<Override PartName="/docProps/core.xml" ContentType="${coreType}"/>`,
  '</Types>',
].join('');

const letters = [
  '<w:rPrDefault><w:rPr>',
  '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>',
  '<w:lang w:val="vi-VN"/>',
  '</w:rPr></w:rPrDefault>',
].join('');

const pageNumber = [
  '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>',
  '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>',
].join('');

function relations(targets: readonly (readonly [string, string])[]): string {
  const each = targets.map(
    ([type, target], place) => `<Relationship Id="rId${place + 1}" Type="${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${packageNames}/relationships">${each.join('')}</Relationships>`;
}

function coreOf(title: string, agency: string): string {
  const core = `xmlns:cp="${packageNames}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"`;
  return `<cp:coreProperties ${core}><dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(agency)}</dc:creator></cp:coreProperties>`;
}

/** Text between tags. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
