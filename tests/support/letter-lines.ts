import type { TextLine } from '#shared/intake/public.ts';

type Said = Readonly<{ text: string; x: number; y: number; bold?: boolean; page?: number; size?: number }>;

/** A line of a page as the reader gives it; every letter counts as half its size wide. */
export function line({ text, x, y, bold, page = 1, size = 13 }: Said): TextLine {
  const place = { text, page, x, y, width: Math.min(text.length * size * 0.5, 540 - x), height: size };
  return bold === undefined ? place : { ...place, bold };
}

/** A line centred on `centre`, as titles and letterheads are. */
export function centred(said: Omit<Said, 'x'> & Readonly<{ centre: number }>): TextLine {
  const { centre, ...rest } = said;
  return line({ ...rest, x: centre - (said.text.length * (said.size ?? 13) * 0.5) / 2 });
}

/** An official letter laid out as in NĐ 30 PL1 mục IV; parts may be replaced or left out by an empty text. */
export function officialLetter(change: Readonly<Record<string, string>> = {}): readonly TextLine[] {
  const says = (part: string, text: string) => change[part] ?? text;
  const left = 150;
  const right = 400;
  const body = 'Thực hiện kế hoạch công tác năm, đề nghị các phòng nghiên cứu và góp ý trước ngày quy định';
  return [
    centred({ text: says('superior', 'UBND TỈNH HẬU GIANG'), centre: left, y: 57, size: 12 }),
    centred({ text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', centre: right, y: 57, size: 12, bold: true }),
    centred({ text: says('issuer', 'SỞ Y TẾ'), centre: left, y: 71, size: 12, bold: true }),
    centred({ text: 'Độc lập - Tự do - Hạnh phúc', centre: right, y: 71, bold: true }),
    centred({ text: says('number', 'Số: 05/SYT-VP'), centre: left, y: 100 }),
    centred({ text: says('date', 'Hậu Giang, ngày 05 tháng 01 năm 2026'), centre: right, y: 100 }),
    centred({ text: says('about', 'V/v góp ý dự thảo quy chế'), centre: left, y: 118, size: 12 }),
    centred({ text: says('about2', 'văn thư, lưu trữ của sở'), centre: left, y: 132, size: 12 }),
    centred({ text: says('secrecy', ''), centre: left, y: 160 }),
    centred({ text: says('urgency', ''), centre: left, y: 180 }),
    line({ text: says('to', 'Kính gửi: Các phòng thuộc sở.'), x: 190, y: 200 }),
    centred({ text: says('title', ''), centre: 297, y: 210, bold: true }),
    line({ text: body, x: 113, y: 240 }),
    line({ text: 'Trân trọng./.', x: 113, y: 260 }),
    line({ text: 'Nơi nhận:', x: 85, y: 300, size: 12 }),
    line({ text: '- Như trên;', x: 85, y: 314, size: 11 }),
    line({ text: '- Ban Giám đốc sở;', x: 85, y: 327, size: 11 }),
    line({ text: '- Lưu: VT, VP.', x: 85, y: 340, size: 11 }),
    centred({ text: says('authority', 'KT. GIÁM ĐỐC'), centre: right, y: 300, bold: true }),
    centred({ text: says('post', 'PHÓ GIÁM ĐỐC'), centre: right, y: 316, bold: true }),
    centred({ text: says('signer', 'Nguyễn Thị Minh Hà'), centre: right, y: 390, bold: true }),
  ].filter((one) => one.text !== '');
}
