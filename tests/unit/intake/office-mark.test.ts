import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { zipOf } from '#shared/node/files/public.ts';
import { officeMark } from '#shared/node/office-text/public.ts';
import { officeFile, paragraph, wordFile, wordPart } from '#tests/support/office-parts.ts';
import { corpusPath } from '#tests/support/corpus.ts';

const markOf = async (bytes: Uint8Array, name = 'tep.docx') =>
  (await officeMark({ name, bytes }))?.mark ?? null;
const word = (body: string, more: Readonly<Record<string, string>> = {}) =>
  officeFile({ 'word/document.xml': wordPart(`<w:body>${body}</w:body>`), ...more });
const openDocument = (body: string) =>
  officeFile({
    'content.xml': `<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0">${body}</o:document-content>`,
  });
const sheet = (inside: string) =>
  officeFile({
    'xl/worksheets/sheet1.xml': `<worksheet>${inside}</worksheet>`,
    'xl/sharedStrings.xml':
      '<sst><si><t>BẢNG KÊ</t></si><si><r><t>TUYỆT </t></r><r><t>MẬT</t></r></si></sst>',
  });
const compound = (text: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(text, 'utf16le')]);

describe('a state-secret mark in an office file', () => {
  it.each([
    ['in a paragraph', wordFile('MẬT'), 'MẬT'],
    ['written in pieces', word('<w:p><w:r><w:t>TỐI </w:t></w:r><w:r><w:t>MẬT</w:t></w:r></w:p>'), 'TỐI MẬT'],
    [
      'in a box within a paragraph',
      word(`<w:p><w:r><w:t>Số: 1</w:t><w:txbxContent>${paragraph('MẬT')}</w:txbxContent></w:r></w:p>`),
      'MẬT',
    ],
    [
      'below another line of its paragraph',
      word('<w:p><w:r><w:t>SỞ</w:t><w:br/><w:t>MẬT</w:t></w:r></w:p>'),
      'MẬT',
    ],
    [
      'above the page',
      word(paragraph('Căn cứ Luật'), { 'word/header1.xml': wordPart(paragraph('Độ mật: Tối mật'), 'hdr') }),
      'TỐI MẬT',
    ],
    ['across the page', word('<w:p><w:pict><v:textpath string="TUYỆT MẬT"/></w:pict></w:p>'), 'TUYỆT MẬT'],
    ['with its letters in parts', wordFile('MA\u0302\u0323T'), 'MẬT'],
    ['in an OpenDocument text', openDocument('<t:p>SỞ</t:p><t:p><t:span>MẬT</t:span></t:p>'), 'MẬT'],
    [
      'in a cell',
      sheet('<sheetData><row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row></sheetData>'),
      'TUYỆT MẬT',
    ],
    [
      'above a table',
      sheet(
        '<sheetData/><headerFooter><oddHeader>&amp;LSỞ&amp;R&amp;"Arial,Bold"&amp;12MẬT</oddHeader></headerFooter>',
      ),
      'MẬT',
    ],
    ['in a file of Word 97', compound('SỞ KHOA HỌC\r\u0007TỐI MẬT\rSố: 01'), 'TỐI MẬT'],
  ])('is seen %s', async (_where, bytes, mark) => {
    expect(await markOf(bytes)).toBe(mark);
  });

  it.each([
    ['a title', wordFile('QUY CHẾ BẢO MẬT')],
    ['a title over two lines', word(paragraph('QUY CHẾ BẢO VỆ BÍ') + paragraph('MẬT'))],
    ['a degree that a table names', wordFile('Mật')],
    ['the text itself', word(paragraph('Điều 1. Phạm vi') + paragraph('MẬT'))],
    [
      'a row further down',
      sheet(`<sheetData>${'<row/>'.repeat(9)}<row><c t="s"><v>1</v></c></row></sheetData>`),
    ],
    ['words of a file of Word 97', compound('QUY CHẾ BẢO MẬT\rTHÔNG TIN')],
  ])('is not seen in %s', async (_where, bytes) => {
    expect(await markOf(bytes)).toBeNull();
  });

  it('is not seen in the decree and its annexes, which speak of such marks', async () => {
    const law = corpusPath('law');
    const files = readdirSync(law).filter((name) => name.endsWith('.docx'));
    expect(files.length).toBeGreaterThan(5);
    for (const name of files) expect(await markOf(readFileSync(join(law, name)), name)).toBeNull();
  });

  it.each([
    ['locked', compound(`\u0005Encryption EncryptedPackage`), 'khoa.docx'],
    ['cut off', wordFile('MẬT').subarray(0, 300), 'cut.docx'],
    ['no XML inside', officeFile({ 'word/document.xml': '<w:p>' }), 'xml.docx'],
    [
      'with a DOCTYPE',
      officeFile({ 'word/document.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }),
      'doctype.docx',
    ],
    ['deeper than any', officeFile({ 'word/document.xml': '<a>'.repeat(100_000) }), 'deep.docx'],
  ])('nobody can look for in a file %s, and it says so', async (_what, bytes, name) => {
    await expect(officeMark({ name, bytes })).rejects.toMatchObject({
      code: 'intake.office-unreadable',
      params: { name },
    });
  });

  it.each([
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'anh.png'],
    ['nothing', Buffer.alloc(0), 'rong.docx'],
    ['another archive that is broken', wordFile('MẬT').subarray(0, 300), 'goi.zip'],
    ['an archive of other things', zipOf([{ name: 'a.txt', bytes: Buffer.from('MẬT') }]), 'goi.zip'],
  ])('is not looked for in %s', async (_what, bytes, name) => {
    expect(await markOf(bytes, name)).toBeNull();
  });

  it('is looked for no further than a file can be read in a moment', async () => {
    const swollen = word(`${paragraph('a'.repeat(20 * 1024 * 1024))}${paragraph('MẬT')}`);
    expect(await markOf(swollen)).toBeNull();
  });
});
