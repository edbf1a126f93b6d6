import { describe, expect, test } from 'vitest';
import { readMessage } from '#shared/node/edxml/public.ts';
import { aDocumentMessage, aStatusMessage, paper, written } from '../../support/edxml/messages.ts';

const letter = aDocumentMessage();
const xml = written(letter).toString('utf8');

/** What is read, and which notes beside it. */
function read(text: string | Uint8Array) {
  const { message, notes, isComplete } = readMessage(typeof text === 'string' ? Buffer.from(text) : text);
  return { message, notes: notes.map(({ code }) => code), isComplete };
}

const asWritten = { message: letter, notes: [], isComplete: true };

describe('a message as others write it', () => {
  test.each([
    ['a byte order mark', `\uFEFF${xml}`, []],
    ['blank lines', `\r\n\r\n  ${xml}`, []],
    ['a length and a mark', `2048\uFEFF${xml}`, ['junk-before']],
    ['no declaration', xml.replace(/^<\?xml.*\?>\n/, ''), []],
    ['blanks behind it', `${xml}\n\n \t`, []],
  ])('is read after %s', (_, text, notes) => {
    expect(read(text)).toEqual({ ...asWritten, notes });
  });

  test.each([
    ['utf-16le', Buffer.from(`\uFEFF${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le')],
    ['utf-16be', Buffer.from(`\uFEFF${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le').swap16()],
    ['utf-16le without a mark', Buffer.from(xml.replace('UTF-8', 'utf-16'), 'utf16le')],
  ])('is read in %s', (_, bytes) => {
    expect(read(bytes)).toEqual(asWritten);
  });

  test('is read in an encoding of one byte a letter', () => {
    const plain = aDocumentMessage({
      subject: 'Café',
      place: 'Hanoi',
      type: { code: null, detail: null, name: 'CV' },
      documentId: '1',
      symbol: 'A',
      business: { kind: 'new', documentId: null, reason: null, paper: null, staff: null },
      signer: { competence: null, position: null, name: 'A' },
      attachments: [],
      trace: [],
      from: { ...letter.from, name: 'Só' },
      to: [],
    });
    const text = written(plain).toString('utf8').replace('UTF-8', 'windows-1252');
    expect(read(Buffer.from(text, 'latin1')).message).toEqual(plain);
  });

  test('is read as UTF-8 where it only says that it is wider', () => {
    expect(read(xml.replace('UTF-8', 'utf-16'))).toEqual({ ...asWritten, notes: ['not-utf16'] });
  });

  test('is read whatever the prefixes are, also without declarations and without namespaces', () => {
    const declared = xml.replaceAll('edXML:', 'q:').replaceAll('xmlns:edXML', 'xmlns:q');
    expect(read(declared)).toEqual(asWritten);
    expect(read(xml.replaceAll(/ xmlns:edXML="[^"]*"/g, ''))).toEqual({
      ...asWritten,
      notes: ['undeclared-prefix'],
    });
    const bare = read(xml.replaceAll(/ xmlns(?::edXML)?="[^"]*"/g, '').replaceAll('edXML:', ''));
    expect([bare.message, new Set(bare.notes)]).toEqual([letter, new Set(['no-namespace'])]);
  });

  test('is read in any order of its parts', () => {
    const turned = xml
      .replace(/( +<edXML:From>.*?<\/edXML:From>\n)(.*)(?= +<\/edXML:MessageHeader>)/su, '$2$1')
      .replace(
        /( +<edXML:TraceHeader>.*?<\/edXML:TraceHeader>\n)(.*)(?= +<\/edXML:TraceHeaderList>)/su,
        '$2$1',
      );
    expect(turned).not.toBe(xml);
    expect(read(turned)).toEqual(asWritten);
    const [before, envelope = '', attachments = ''] = xml.split(
      /(?=^ {2}<edXML:edXMLEnvelope)|(?=^ {2}<AttachmentEncoded)/m,
    );
    const first = `${before}${attachments.replace('</edXML>\n', '')}${envelope}</edXML>\n`;
    expect(read(first)).toEqual(asWritten);
  });

  test('is read with the content in lines, with return signs spelt out, in a section, and around a comment', () => {
    const content = paper.toString('base64');
    const rows = content.match(/.{1,76}/g) ?? [];
    const half = content.slice(0, 400);
    for (const other of [
      rows.join('\n'),
      rows.join('\r\n'),
      `\n${rows.join('&#13;\n')}&#xD;\n`,
      `<![CDATA[${rows.join('\n')}]]>`,
      `${half}<!-- </edXML:ContentTransferEncoded> > --><?x y?>${content.slice(400)}`,
    ]) {
      expect(read(xml.replace(content, () => other))).toEqual(asWritten);
    }
  });

  test('is read with “Business” spelt as in the dictionary, and capitals of its own', () => {
    expect(read(xml.replaceAll('Bussiness', 'Business').replaceAll('OrganId', 'OrganID'))).toEqual(asWritten);
  });

  test('is read with what nobody knows here, and says so', () => {
    const odd = xml
      .replace(
        '<edXML:Subject>',
        '<edXML:ResponseForTask><edXML:TaskCode>1</edXML:TaskCode></edXML:ResponseForTask><edXML:Subject>',
      )
      .replace('<edXML:Priority>', '<x:Extra xmlns:x="urn:x">1</x:Extra><edXML:Priority>');
    expect(read(odd)).toEqual({ ...asWritten, notes: ['unknown-part', 'unknown-part'] });
  });

  test('is read without what may be missing, and says what a register needs', () => {
    const bare = `<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXMLEnvelope><edXMLHeader><MessageHeader>
      <From><OrganId>H41</OrganId></From><DocumentId>5e515fca-3627-4f2e-b517-7169acdc8bda</DocumentId>
      <ResponseFor><OrganId/><Code></Code></ResponseFor><SignerInfo/>
      </MessageHeader></edXMLHeader></edXMLEnvelope></edXML>`;
    const { message, notes, isComplete } = read(bare);
    expect(message).toMatchObject({
      business: { kind: 'new' },
      from: { code: 'H41' },
      to: [],
      answers: [],
      subject: null,
    });
    expect([notes, isComplete]).toEqual([
      ['kind-not-said', 'field-missing', 'field-missing', 'field-missing'],
      false,
    ]);
  });

  test('is read with values that cannot be, which are left blank', () => {
    const odd = xml
      .replace('2026/11/23</edXML:PromulgationDate>', '2026/02/30</edXML:PromulgationDate>')
      .replace('<edXML:PageAmount>3', '<edXML:PageAmount>ba')
      .replace('<edXML:Place>Đồng Nai', '<edXML:Place>null');
    const { message, notes, isComplete } = read(odd);
    expect(message).toEqual({ ...letter, issuedOn: null, pages: null, place: null });
    expect([new Set(notes), isComplete]).toEqual([
      new Set(['bad-date', 'bad-number', 'null-text', 'field-missing']),
      false,
    ]);
  });

  test.each(['2026-11-23', '23/11/2026', '2026-11-23T00:00:00'])('is read with its day written %s', (day) => {
    expect(
      read(xml.replace('2026/11/23</edXML:PromulgationDate>', `${day}</edXML:PromulgationDate>`)),
    ).toEqual(asWritten);
  });

  test('tells of attachments that are listed and not there, and the other way round', () => {
    const [start = '', , end = ''] = xml.split(
      /(?<= {2}<AttachmentEncoded>\n)|(?= {2}<\/AttachmentEncoded>)/,
    );
    expect(read(`${start}${end}`)).toMatchObject({ notes: ['attachment-missing'], isComplete: false });
    const unlisted = xml.replace(/ +<edXML:Reference>.*<\/edXML:Reference>\n/su, '');
    expect(read(unlisted)).toEqual({ ...asWritten, notes: ['attachment-unlisted'] });
    const renamed = xml.replace('<edXML:AttachmentName>văn bản.pdf', '<edXML:AttachmentName>khác.pdf');
    expect(read(renamed)).toEqual({ ...asWritten, notes: ['attachment-names-differ'] });
    expect(read(xml.replace('<edXML:ContentId>cid:1', '<edXML:ContentId>1'))).toEqual(asWritten);
  });

  test('is an answer where it has a status, with or without the zero', () => {
    const answer = aStatusMessage({ status: '06' });
    const text = written(answer).toString('utf8');
    expect(read(text).message).toEqual(answer);
    expect(read(text.replace('>06<', '>6<')).message).toEqual(answer);
  });
});
