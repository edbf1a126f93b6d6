import { describe, expect, it } from 'vitest';
import { isVietnameseSyllable, judgeText, readFields } from '#shared/intake/public.ts';
import { line, officialLetter } from '#tests/support/letter-lines.ts';

describe('letters that may be believed', () => {
  it.each(['nghiêng', 'quyết', 'khuỷu', 'đường', 'giếng', 'ghế', 'yêu', 'thuế', 'oằn', 'xoong', 'Ủy', 'hoà'])(
    '“%s” is spelt as a Vietnamese syllable',
    (word) => {
      expect(isVietnameseSyllable(word)).toBe(true);
    },
  );

  it.each(['quyêt', 'chât', 'luọng', 'cưòng', 'kinlỉ', 'ráằm', 'lưựng', 'hyy', 'ổf'])(
    '“%s” is not',
    (word) => {
      expect(isVietnameseSyllable(word)).toBe(false);
    },
  );

  it('a text made on a computer is sound', () => {
    expect(judgeText(officialLetter())).toMatchObject({ sound: true, language: 'vi' });
  });

  it('invisible letters over a picture are not, however right they look, and give no field', () => {
    const lines = officialLetter();
    expect(judgeText(lines, { hidden: true }).sound).toBe(false);
    const read = readFields({ lines, pages: 1, hidden: true });
    expect(read).toMatchObject({ notation: null, issuedOn: null, subject: null, signer: { name: null } });
    expect(Object.values(read.confidence).every((sure) => sure < 0.5)).toBe(true);
  });

  it('a national motto with the marks of a machine’s guess gives the scan away', () => {
    const guessed = officialLetter().map((one) =>
      one.text.startsWith('Độc lập') ? { ...one, text: 'Độc lập - Tụ- do - Hạnh phúc' } : one,
    );
    expect(judgeText(guessed).sound).toBe(false);
  });

  it('words no Vietnamese writes give it away too', () => {
    const text = 'theo quyêt định của cơ quan về chât lượng và kinlỉ phí được giao';
    expect(judgeText([...officialLetter(), line({ text, x: 85, y: 280 })]).sound).toBe(false);
  });

  it('a sound text with foreign words and units stays sound', () => {
    const text = 'áo vest, vải mex, dài 30 mm, email, internet, website, logistics, Ia Grai, Chư Păh';
    expect(judgeText([...officialLetter(), line({ text, x: 85, y: 280 })]).sound).toBe(true);
  });
});
