import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/kernel/public.ts';
import { faults, noteCodes } from '#shared/node/edxml/fault.ts';
import { usualLimits } from '#shared/node/edxml/limits.ts';
import { readMessage } from '#shared/node/edxml/public.ts';
import { catalogueOf } from '../../support/sentences.ts';
import {
  aDocumentMessage,
  aStatusMessage,
  attachmentOf,
  paper,
  written,
} from '../../support/edxml/messages.ts';

const xml = written(aDocumentMessage()).toString('utf8');
const status = written(aStatusMessage()).toString('utf8');
const content = paper.toString('base64');

function faultOf(text: string | Uint8Array, limits = usualLimits): string {
  try {
    readMessage(typeof text === 'string' ? Buffer.from(text) : text, { limits });
    return 'none';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code.replace('edxml.', '');
  }
}

/** The same text with one place changed; a test whose place is gone would prove nothing. */
function changed(from: string, place: string | RegExp, to: string): string {
  const text = from.replace(place, () => to);
  if (text === from) throw new Error(`nothing to change: ${String(place)}`);
  return text;
}

const doctype = '<!DOCTYPE edXML [<!ENTITY a "b">]>';
const laughs = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, index) => `<!ENTITY a${index} "${'&a;'.repeat(10)}">`).join('')}]>`;
const outside = '<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
const open = (name: string): string => `<edXML:${name}>`;

describe('a message that cannot be read says why', () => {
  test.each([
    ['not-xml', 'Kính gửi'],
    ['not-xml', ''],
    ['unknown-encoding', changed(xml, 'UTF-8', 'x-viet-tcvn')],
    ['bad-encoding', Buffer.concat([Buffer.from(xml), Buffer.from([0xff, 0xfe])])],
    ['bad-encoding', Buffer.from(changed(xml, 'Đồng Nai', 'Hà Nội'), 'latin1')],
    ['xml-version', changed(xml, '"1.0"', '"1.1"')],
    ['doctype', changed(xml, '<edXML ', `${doctype}<edXML `)],
    ['doctype', changed(xml, '<edXML ', `${laughs}<edXML `).replace('Đồng Nai', '&a19;')],
    ['doctype', changed(xml, '<edXML ', `${outside}<edXML `).replace('Đồng Nai', '&x;')],
    ['doctype', changed(xml, '<edXML ', '<!DOCTYPE edXML SYSTEM "http://127.0.0.1/a.dtd"><edXML ')],
    ['entity', changed(xml, 'Đồng Nai', '&nbsp;')],
    ['not-well-formed', changed(xml, '</edXML:Place>', '</edXML:Plaice>')],
    ['not-well-formed', changed(xml, '<edXML:Subject>', '<edXML:Subject a="1" a="2">')],
    ['not-well-formed', changed(xml, 'Đồng Nai', '\u0001')],
    ['not-well-formed', changed(xml, 'Đồng Nai', '&#0;')],
    ['not-well-formed', `${xml}<edXML/>`],
    ['not-well-formed', changed(xml, 'Đồng Nai', '<![CDATA[a]]>]]>')],
    ['not-edxml', changed(xml, /edXML xmlns/g, 'html xmlns').replace('</edXML>', '</html>')],
    ['not-edxml', changed(xml, 'edXML xmlns="http://www.mic.gov.vn', 'edXML xmlns="http://example.org')],
    ['missing', changed(xml, /<edXML:MessageHeader>.*<\/edXML:MessageHeader>/su, '')],
    ['missing', changed(xml, /<edXML:From>.*<\/edXML:From>/su, '')],
    ['missing', changed(xml, '<edXML:OrganId>000.00.00.H19</edXML:OrganId>', '')],
    [
      'missing',
      changed(xml, /<edXML:DocumentId>[^<]*<\/edXML:DocumentId>/, '<edXML:DocumentId> </edXML:DocumentId>'),
    ],
    ['missing', changed(xml, /<edXML:BussinessDocType>0<\/edXML:BussinessDocType>/, '')],
    ['missing', changed(xml, /<edXML:ContentTransferEncoded.*ContentTransferEncoded>/, '')],
    ['missing', changed(status, /<edXML:ResponseFor>.*<\/edXML:ResponseFor>/su, '')],
    ['missing', changed(status, /<edXML:Code>.*<\/edXML:DocumentId>/su, '')],
    ['repeated', changed(xml, open('Subject'), `<edXML:Subject>khác</edXML:Subject>${open('Subject')}`)],
    ['repeated', changed(xml, open('MessageHeader'), `<edXML:MessageHeader/>${open('MessageHeader')}`)],
    [
      'repeated',
      changed(xml, open('DocumentId'), `<edXML:DocumentID>1</edXML:DocumentID>${open('DocumentId')}`),
    ],
    ['repeated', changed(xml, open('Bussiness'), `<edXML:Business/>${open('Bussiness')}`)],
    [
      'repeated',
      changed(
        xml,
        '    <Attachment>',
        '    <Attachment><ContentId>1</ContentId><AttachmentName>a</AttachmentName><x:ContentTransferEncoded xmlns:x="http://www.mic.gov.vn/TBT/QCVN_102_2016">YQ==</x:ContentTransferEncoded></Attachment><Attachment>',
      ),
    ],
    ['foreign-namespace', changed(xml, open('Subject'), '<edXML:Subject xmlns:edXML="urn:x">')],
    ['foreign-namespace', changed(xml, 'xmlns:edXML="http://www.mic', 'xmlns:edXML="http://evil')],
    ['not-text', changed(xml, 'Đồng Nai', 'Đồng <b>Nai</b>')],
    ['unexpected-part', changed(xml, content, `${content.slice(0, 8)}<b/>${content.slice(8)}`)],
    ['bad-value', changed(xml, 'Đồng Nai', 'x'.repeat(20_001))],
    ['unknown-kind', changed(xml, 'DocType>0<', 'DocType>4<')],
    ['unknown-kind', changed(xml, 'DocType>0<', 'DocType>constructor<')],
    ['unknown-status', changed(status, '>01<', '>07<')],
    ['bad-base64', changed(xml, content, `${content.slice(0, 9)}!${content.slice(10)}`)],
    ['bad-base64', changed(xml, content, `${content.slice(0, 8)}&#65;${content.slice(9)}`)],
    ['bad-base64', changed(xml, content, `${content}${content}=`)],
    ['bad-base64', changed(xml, content, `YQ==${content}`)],
    ['bad-base64', changed(xml, content, `<![CDATA[${content}<]]>`)],
    ['bad-base64', changed(xml, content, `${content}&quot;`)],
    [
      'base64-length',
      changed(
        xml,
        content,
        content.replace(/=*$/, '').slice(0, -1 - (content.replace(/=*$/, '').length % 4)),
      ),
    ],
    ['base64-length', changed(xml, content, 'YQ')],
  ])('%s (%#)', (code, text) => {
    expect(faultOf(text)).toBe(code);
  });

  test('truncated, wherever it breaks off', () => {
    const bytes = Buffer.from(xml);
    const begun = bytes.indexOf('<edXML ') + 1;
    const whole = bytes.lastIndexOf('>') + 1;
    const found = new Set<string>();
    for (let at = begun; at < whole; at += 7) found.add(faultOf(bytes.subarray(0, at)));
    // A letter of two bytes may be cut in half.
    expect([...found].toSorted()).toEqual(['bad-encoding', 'truncated']);
    expect(faultOf(bytes.subarray(0, whole))).toBe('none');
  });

  test('a wall before whatever is larger, deeper or longer than any message', () => {
    const deep = changed(xml, open('Subject'), `${'<a>'.repeat(60)}${'</a>'.repeat(60)}${open('Subject')}`);
    expect(faultOf(deep)).toBe('too-deep');
    expect(faultOf(changed(xml, open('Subject'), `${'<a/>'.repeat(20_001)}${open('Subject')}`))).toBe(
      'too-many-parts',
    );
    // The wall stands within a piece of a mebibyte.
    const long = 'x'.repeat(1200 * 1024);
    expect(faultOf(changed(xml, open('Subject'), `<a b="${long}"/>${open('Subject')}`))).toBe('too-long');
    expect(faultOf(changed(xml, open('Subject'), `<!--${long}-->${open('Subject')}`))).toBe('too-long');
    expect(faultOf(changed(xml, '<edXML ', `<!DOCTYPE x [${long}]><edXML `))).toBe('too-long');
    const comments = `<!--${'y'.repeat(1000)}-->`.repeat(9000);
    expect(faultOf(changed(xml, open('Subject'), `${comments}${open('Subject')}`))).toBe('too-long');
    expect(faultOf(xml, { ...usualLimits, mostBytes: 1000 })).toBe('too-large');
    expect(faultOf(xml, { ...usualLimits, mostAttachmentBytes: paper.length - 1 })).toBe('too-large');
    expect(faultOf(xml, { ...usualLimits, mostAttachmentBytes: paper.length })).toBe('none');
  });

  test('an empty attachment is told of, and taken for a part that is not there', () => {
    const empty = new Uint8Array(0);
    const hollow = aDocumentMessage({ attachments: [attachmentOf(paper)] });
    const text = written(hollow).toString('utf8').replace(content, '');
    const { message, notes, isComplete } = readMessage(Buffer.from(text));
    expect([message, notes.map(({ code }) => code), isComplete]).toEqual([
      { ...hollow, attachments: [attachmentOf(empty)] },
      ['attachment-empty'],
      false,
    ]);
  });

  test('in a sentence of both languages, and so does every note', () => {
    for (const language of ['vi', 'en'] as const) {
      const catalogue = catalogueOf(language);
      const missing = [
        ...faults.map((code) => `refusal.edxml.${code}`),
        ...noteCodes.map((code) => `edxml.note.${code}`),
      ].filter((key) => catalogue[key] === undefined);
      expect(missing).toEqual([]);
    }
  });
});
