import { describe, expect, it } from 'vitest';
import { findSecrecyMark } from '#shared/intake/public.ts';
import { centred, line, officialLetter } from '#tests/support/letter-lines.ts';

describe('a state-secret mark at the door', () => {
  it.each([
    ['MẬT', 'MẬT'],
    ['TỐI MẬT', 'TỐI MẬT'],
    ['TUYỆT MẬT', 'TUYỆT MẬT'],
    ['[ MẬT ]', 'MẬT'],
    ['M Ậ T', 'MẬT'],
    ['T U Y Ệ T  M Ậ T', 'TUYỆT MẬT'],
    ['Độ mật: Tối mật', 'TỐI MẬT'],
    ['Mật', 'MẬT'],
    ['MA\u0302\u0323T', 'MẬT'],
  ])('is seen as %s', (text, mark) => {
    expect(findSecrecyMark(officialLetter({ secrecy: text.normalize('NFC') }))?.mark).toBe(mark);
  });

  it('is seen right after the number, where no gap parts them', () => {
    expect(findSecrecyMark(officialLetter({ number: 'Số: 05/BC-CA MẬT' }))?.mark).toBe('MẬT');
  });

  it.each([
    'V/v bảo mật thông tin',
    'BẢO MẬT',
    'BÍ MẬT NHÀ NƯỚC',
    'Độ mật: Không',
    'Bí mật',
    'mật',
    'MẬT ONG',
    'MẬT MÃ',
    'QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC',
  ])('is not seen in “%s”', (about) => {
    expect(findSecrecyMark(officialLetter({ about, about2: '' }))).toBeNull();
  });

  it('is not seen where a title runs on over two lines', () => {
    const lines = [
      centred({ text: 'QUY CHẾ BẢO VỆ BÍ', centre: 297, y: 150 }),
      centred({ text: 'MẬT', centre: 297, y: 166 }),
    ];
    expect(findSecrecyMark(lines)).toBeNull();
  });

  it('is looked for on page 1 only, above the body', () => {
    const base = officialLetter();
    expect(findSecrecyMark([...base, line({ text: 'MẬT', x: 100, y: 100, page: 2 })])).toBeNull();
    expect(findSecrecyMark([...base, line({ text: 'MẬT', x: 100, y: 600 })])).toBeNull();
    const grounds = line({ text: 'Căn cứ Luật Bảo vệ bí mật nhà nước;', x: 113, y: 225 });
    expect(findSecrecyMark([...base, grounds, line({ text: 'Mật', x: 113, y: 240 })])).toBeNull();
  });

  it('names the rule and the mark, never the paper’s words', () => {
    expect(findSecrecyMark(officialLetter({ secrecy: 'MẬT' }))).toEqual({
      mark: 'MẬT',
      secrecy: 'secret',
      rule: 'head-zone-mark',
    });
  });
});
