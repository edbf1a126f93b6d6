import { describe, expect, test } from 'vitest';
import {
  businessKinds,
  documentMessageOf,
  referenceTo,
  registerFieldsOf,
  statusMeanings,
  statusMessageOf,
  whyNotSend,
  type DispatchFacts,
  type DocumentMessage,
} from '#shared/exchange/public.ts';
import { DaySchema, InstantSchema, isRefusal } from '#shared/kernel/public.ts';
import {
  aDocumentMessage,
  aStatusMessage,
  attachmentOf,
  connection,
  paper,
} from '../../support/edxml/messages.ts';
import { catalogueOf } from '../../support/sentences.ts';

const day = (text: string) => DaySchema.parse(text);
const at = InstantSchema.parse('2026-11-23T02:00:00.500Z');
const national = connection();

const department = {
  name: 'Sở Khoa học và Công nghệ',
  superior: 'UBND tỉnh Đồng Nai',
  codes: [{ form: 'old13' as const, code: '000.00.19.H19', validFrom: day('2020-01-01'), validTo: null }],
  contact: '15 đường 30/4',
};
const commune = {
  ...department,
  name: 'UBND xã An Phú',
  codes: [
    {
      ...department.codes[0],
      form: 'qd20' as const,
      code: 'H19.64.33',
      validFrom: day('2025-07-01'),
      validTo: null,
    },
  ],
};

const facts: DispatchFacts = {
  business: { kind: 'new', documentId: null, reason: null, paper: false, staff: null },
  from: department,
  to: [commune],
  number: '15',
  symbol: 'SKHCN-VP',
  place: 'Đồng Nai',
  issuedOn: day('2026-11-23'),
  kind: { code: 'CV', name: 'Công văn' },
  subject: 'V/v kết nối',
  signer: { authority: 'KT. GIÁM ĐỐC', post: 'Phó Giám đốc', name: 'Nguyễn Văn Minh' },
  urgency: 'urgent',
  dueOn: null,
  copies: 2,
  pages: 3,
  answers: [],
  toPlaces: ['Như trên', ' '],
  attachments: [attachmentOf(paper)],
  at,
};

function messageOf(given: Partial<DispatchFacts> = {}): DocumentMessage {
  const message = documentMessageOf({ ...facts, ...given }, national);
  if (isRefusal(message)) throw new Error(message.code);
  return message;
}

describe('a document on its way to another agency', () => {
  test('is told by what the office knows of it, and nothing is typed again', () => {
    expect(messageOf()).toMatchObject({
      from: { code: '000.00.19.H19', name: 'Sở Khoa học và Công nghệ', inCharge: 'UBND tỉnh Đồng Nai' },
      to: [{ code: 'H19.64.33' }],
      documentId: '000.00.19.H19,2026/11/23,15/SKHCN-VP',
      type: { code: '1', detail: '0', name: 'Công văn' },
      priority: '1',
      toPlaces: ['Như trên'],
      trace: [{ code: '000.00.19.H19', at: '2026-11-23T02:00:00.000Z' }],
    });
    expect(whyNotSend(messageOf(), national)).toEqual([]);
  });

  test('goes out with its kind’s name where the axis has no code for it', () => {
    expect(messageOf({ kind: { code: 'GM', name: 'Giấy mời' } }).type).toEqual({
      code: null,
      detail: null,
      name: 'Giấy mời',
    });
  });

  test('does not go to an agency without a code in force', () => {
    const closed = { ...commune, codes: [] };
    expect(documentMessageOf({ ...facts, to: [closed] }, national)).toMatchObject({
      refused: true,
      code: 'exchange.no-code',
      params: { agency: 'UBND xã An Phú' },
    });
  });

  test('fills the register of whoever receives it', () => {
    expect(registerFieldsOf(messageOf({ dueOn: day('2026-12-01') }), national, () => null)).toEqual({
      number: '15',
      symbol: 'SKHCN-VP',
      issuedOn: '2026-11-23',
      issuer: 'Sở Khoa học và Công nghệ',
      kind: 'Công văn',
      subject: 'V/v kết nối',
      signer: 'Nguyễn Văn Minh',
      signerPost: 'KT. GIÁM ĐỐC - Phó Giám đốc',
      urgency: 'urgent',
      dueOn: '2026-12-01',
    });
  });

  test('leaves out of the register what does not fit there, and takes the kind of a code where no name is', () => {
    const odd = aDocumentMessage({
      subject: 'x'.repeat(501),
      priority: '77',
      type: { code: '1', detail: null, name: null },
    });
    const fields = registerFieldsOf(odd, national, (kind) => `loại ${kind}`);
    expect([fields.subject, fields.urgency, fields.kind]).toEqual([undefined, undefined, 'loại CV']);
  });
});

describe('the answer to a document', () => {
  const about = referenceTo(aDocumentMessage());

  test('names it as it was named', () => {
    expect(
      statusMessageOf({ status: '03', from: commune, about, staff: null, words: '', at }, national),
    ).toEqual(
      expect.objectContaining({
        kind: 'status',
        status: '03',
        description: null,
        about: {
          agency: '000.00.00.H19',
          notation: '15/SKHCN-VP',
          on: '2026-11-23',
          documentId: '000.00.00.H19,2026/11/23,15/SKHCN-VP',
        },
      }),
    );
  });

  test('that says no says why', () => {
    for (const status of ['02', '13', '16'] as const) {
      const silent = statusMessageOf({ status, from: commune, about, staff: null, words: ' ', at }, national);
      expect(silent).toMatchObject({ refused: true, code: 'exchange.needs-reason' });
      expect(whyNotSend(aStatusMessage({ status }), national).map(({ code }) => code)).toContain(
        'exchange.needs-reason',
      );
    }
  });
});

describe('what stands against sending', () => {
  test('is said all at once', () => {
    const bad = aDocumentMessage({
      number: null,
      place: null,
      to: [],
      attachments: [
        attachmentOf(paper, { size: 300 * 1024 * 1024 }),
        attachmentOf(paper, { name: 'a.exe', size: 0 }),
      ],
    });
    const strict = { ...connection('provincial'), endings: ['.pdf'] };
    expect(whyNotSend(bad, strict).map(({ code, params }) => [code, Object.values(params)[0]])).toEqual([
      ['exchange.missing', 'to.name'],
      ['exchange.missing', 'number'],
      ['exchange.missing', 'place'],
      ['exchange.too-large', 'văn bản.pdf'],
      ['exchange.ending-not-taken', 'a.exe'],
      ['exchange.empty-attachment', 'a.exe'],
      ['exchange.same-content-id', undefined],
    ]);
  });

  test('is an odd code only where the axis takes none', () => {
    const odd = aDocumentMessage({ to: [{ ...aDocumentMessage().from, code: '28.22.H17' }] });
    expect(whyNotSend(odd, national)).toEqual([]);
    expect(whyNotSend(odd, connection('provincial')).map(({ code }) => code)).toEqual(['exchange.odd-code']);
  });
});

test('every kind of message and every status has its words in both languages', () => {
  const keys = [
    ...businessKinds.map((kind) => `exchange.business.${kind}`),
    ...statusMeanings.map((meaning) => `exchange.status.${meaning}`),
  ];
  for (const language of ['vi', 'en'] as const) {
    expect(keys.filter((key) => catalogueOf(language)[key] === undefined)).toEqual([]);
  }
});
