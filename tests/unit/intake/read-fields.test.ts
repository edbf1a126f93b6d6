import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExtractedSchema, readFields } from '#shared/intake/public.ts';
import { centred, line, officialLetter } from '#tests/support/letter-lines.ts';

const read = (change: Readonly<Record<string, string>> = {}) =>
  readFields({ lines: officialLetter(change), pages: 1 });

describe('an official letter in the decree’s layout', () => {
  it('gives the register every field', () => {
    expect(read()).toMatchObject({
      number: '05',
      symbol: 'SYT-VP',
      notation: '05/SYT-VP',
      issuedOn: '2026-01-05',
      issuer: 'Sở Y tế',
      superior: 'UBND tỉnh Hậu Giang',
      kind: 'Công văn',
      subject: 'V/v góp ý dự thảo quy chế văn thư, lưu trữ của sở',
      signer: { name: 'Nguyễn Thị Minh Hà', post: 'KT. Giám đốc - Phó Giám đốc', authority: 'KT.' },
      recipients: ['Các phòng thuộc sở', 'Ban Giám đốc sở'],
      urgency: null,
      secrecy: null,
      language: 'vi',
      method: 'text',
    });
  });

  it('says how sure each field is, and nothing of a field that is not there', () => {
    const { confidence } = read();
    for (const field of ['number', 'symbol', 'issuedOn', 'issuer', 'kind', 'subject', 'signer']) {
      expect(confidence[field], field).toBeGreaterThanOrEqual(0.7);
    }
    expect(confidence['urgency']).toBe(0);
  });

  it('leaves the number empty where the clerk has not yet written it', () => {
    expect(read({ number: 'Số:       /SYT-VP' })).toMatchObject({
      number: null,
      symbol: 'SYT-VP',
      notation: null,
    });
  });

  it('leaves the date empty where day and month are blank, whatever dates the body cites', () => {
    const { issuedOn, confidence } = read({ date: 'Hậu Giang, ngày     tháng     năm 2026' });
    expect(issuedOn).toBeNull();
    expect(confidence['issuedOn']).toBe(0);
  });

  it('reads an impossible day as no day', () => {
    expect(read({ date: 'Hậu Giang, ngày 31 tháng 02 năm 2026' }).issuedOn).toBeNull();
  });

  it('reads Cyrillic letters in a symbol as the Latin ones they look like', () => {
    expect(read({ number: 'Số: 12/QĐ-ВТС' }).notation).toBe('12/QĐ-BTC');
  });

  it('reads a party paper, whose kind stands after a hyphen', () => {
    expect(read({ number: 'Số: 36-HD/VPTW' })).toMatchObject({ number: '36', notation: '36-HD/VPTW' });
  });

  it.each([
    ['KHẨN', 'urgent'],
    ['THƯỢNG KHẨN', 'very-urgent'],
    ['HỎA TỐC', 'flash'],
    ['HOẢ TỐC', 'flash'],
    ['HỎA TỐC HẸN GIỜ', 'flash'],
  ])('reads the mark %s', (urgency, expected) => {
    expect(read({ urgency }).urgency).toBe(expected);
  });

  it('reads a rank before a name as no part of the name', () => {
    expect(read({ signer: 'Đại tướng Lương Tam Quang' }).signer.name).toBe('Lương Tam Quang');
    expect(read({ signer: 'PGS.TS. Trần Văn Thuấn' }).signer.name).toBe('Trần Văn Thuấn');
  });

  it('sees through what a signing program leaves beside a name', () => {
    expect(read({ signer: 'y]Phạm Thị Thanh Trà' }).signer.name).toBe('Phạm Thị Thanh Trà');
  });
});

describe('a decision', () => {
  const decision = [
    ...officialLetter({
      about: '',
      about2: '',
      to: '',
      superior: '',
      number: 'Số: 15/QĐ-UBND',
      issuer: 'ỦY BAN NHÂN DÂN',
      authority: 'TM. ỦY BAN NHÂN DÂN',
      post: 'CHỦ TỊCH',
    }).filter(({ y }) => y < 110 || y > 250),
    centred({ text: 'THÀNH PHỐ CẦN THƠ', centre: 150, y: 84, size: 12, bold: true }),
    centred({ text: 'Q U Y Ế T Đ Ị N H', centre: 297, y: 150, bold: true }),
    centred({ text: 'Về việc thành lập Tổ công tác', centre: 297, y: 170, bold: true }),
    centred({ text: 'thực hiện chuyển đổi số năm 2026', centre: 297, y: 187, bold: true }),
    centred({ text: 'ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ', centre: 297, y: 215, bold: true }),
    line({ text: 'Căn cứ Luật Tổ chức chính quyền địa phương;', x: 113, y: 235 }),
  ].sort((a, b) => a.y - b.y);

  it('has its kind in spaced letters and its subject on two lines, without the one who decides', () => {
    expect(readFields({ lines: decision, pages: 1 })).toMatchObject({
      kind: 'Quyết định',
      subject: 'Về việc thành lập Tổ công tác thực hiện chuyển đổi số năm 2026',
    });
  });

  it('is issued by one agency even where its name takes two lines', () => {
    expect(readFields({ lines: decision, pages: 1 })).toMatchObject({
      issuer: 'Ủy ban nhân dân thành phố Cần Thơ',
      superior: null,
      signer: { post: 'TM. Ủy ban nhân dân - Chủ tịch', authority: 'TM.' },
    });
  });

  it('is signed before its appendix, whatever forms the appendix holds', () => {
    const form = [
      line({ text: 'Phụ lục', x: 280, y: 60, page: 2 }),
      centred({ text: 'GIÁM ĐỐC', centre: 400, y: 300, page: 2 }),
      centred({ text: 'Lê Văn Mẫu', centre: 400, y: 360, page: 2 }),
    ];
    expect(readFields({ lines: [...decision, ...form], pages: 2 }).signer.name).toBe('Nguyễn Thị Minh Hà');
    const unsigned = decision.filter(({ text }) => text !== 'Nguyễn Thị Minh Hà');
    expect(readFields({ lines: [...unsigned, ...form], pages: 2 }).signer.name).toBeNull();
  });
});

describe('any text at all', () => {
  it('is read without a fault into the same shape', () => {
    const anyLine = fc.record({
      text: fc.oneof(
        fc.string(),
        fc.constantFrom('Số: 1/A', 'KT. BỘ TRƯỞNG', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'V/v', '-'),
      ),
      page: fc.integer({ min: 1, max: 3 }),
      x: fc.double({ min: 0, max: 600, noNaN: true }),
      y: fc.double({ min: 0, max: 850, noNaN: true }),
      width: fc.double({ min: 0, max: 600, noNaN: true }),
      height: fc.double({ min: 0, max: 40, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 40 }), fc.boolean(), (lines, hidden) => {
        expect(ExtractedSchema.safeParse(readFields({ lines, pages: 3, hidden })).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('of no lines gives no fields', () => {
    expect(readFields({ lines: [], pages: 0 })).toMatchObject({ notation: null, signer: { name: null } });
  });
});
