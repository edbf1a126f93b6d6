import { foldLetters, isUpper } from './letters.ts';
import { isVietnameseSyllable } from './vietnamese-syllable.ts';

const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/** Names and words of agencies as NĐ 30 PL2 writes them; a printed head has them in capitals only. */
const phrases = `
Chính phủ|Quốc hội|Thủ tướng Chính phủ|Phó Thủ tướng|Thủ tướng|Chủ tịch nước|Ủy ban Thường vụ Quốc hội|Văn phòng Quốc hội
Văn phòng Chính phủ|Văn phòng Chủ tịch nước|Hội đồng Dân tộc|Kiểm toán Nhà nước|Tòa án nhân dân tối cao|Tòa án nhân dân
Viện kiểm sát nhân dân tối cao|Viện kiểm sát nhân dân|Hội đồng Thẩm phán|Ngân hàng Nhà nước Việt Nam|Ngân hàng Nhà nước
Ủy ban nhân dân|Hội đồng nhân dân|Ủy ban Dân tộc|Thanh tra Chính phủ|Bộ Quốc phòng|Bộ Công an|Bộ Ngoại giao|Bộ Nội vụ
Bộ Tư pháp|Bộ Kế hoạch và Đầu tư|Bộ Tài chính|Bộ Công Thương|Bộ Nông nghiệp và Phát triển nông thôn
Bộ Nông nghiệp và Môi trường|Bộ Giao thông vận tải|Bộ Xây dựng|Bộ Tài nguyên và Môi trường|Bộ Thông tin và Truyền thông
Bộ Lao động - Thương binh và Xã hội|Bộ Văn hóa, Thể thao và Du lịch|Bộ Khoa học và Công nghệ|Bộ Giáo dục và Đào tạo
Bộ Y tế|Bộ Dân tộc và Tôn giáo|Đài Tiếng nói Việt Nam|Đài Truyền hình Việt Nam|Thông tấn xã Việt Nam
Viện Hàn lâm|Bảo hiểm xã hội Việt Nam|Bảo hiểm xã hội|Ủy ban Chứng khoán Nhà nước|Kho bạc Nhà nước|Tổng cục|Chi cục|Cục
Đảng ủy|Tỉnh ủy|Thành ủy|Huyện ủy|Ban Chấp hành|Ban Thường vụ|Văn phòng|Học viện|Trường Đại học|Đại học|Trung tâm
Ban Quản lý|Ban Chỉ đạo|Mặt trận Tổ quốc Việt Nam|Liên đoàn Lao động|Đoàn Thanh niên|Hội Liên hiệp Phụ nữ|Hội Nông dân
Việt Nam|Trung ương|Nhà nước|Quốc gia|Kế hoạch|Đầu tư|Tài chính|Công Thương|Nông nghiệp|Môi trường|Giao thông|Vận tải
Xây dựng|Tài nguyên|Thông tin|Truyền thông|Lao động|Thương binh|Xã hội|Văn hóa|Thể thao|Du lịch|Khoa học|Công nghệ
Giáo dục|Đào tạo|Y tế|Dân tộc|Tôn giáo|Nội vụ|Tư pháp|Công an|Quốc phòng|Ngoại giao|Ngoại vụ|Thanh tra|Phát triển nông thôn
An toàn vệ sinh thực phẩm|Quản lý|Thuế|Hải quan|Thống kê|Dự trữ|Lưu trữ|Văn thư|Kiểm lâm|Thủy lợi|Thủy sản|Chăn nuôi|Thú y
Trồng trọt|Bảo vệ thực vật|Hóa chất|Điện lực|Viễn thông|Hàng hải|Hàng không|Đường bộ|Đường sắt|Đăng kiểm|Sở hữu trí tuệ
Tiêu chuẩn|Chất lượng|Dược|Dân số|Trẻ em|Việc làm|Chuyển đổi số|Công báo|Ban|Bộ|Sở|Vụ|Viện|Phòng|Hội đồng|Hội|Ủy ban
Phó Chủ tịch|Chủ tịch|Phó Tổng Giám đốc|Tổng Giám đốc|Phó Giám đốc|Giám đốc|Phó Cục trưởng|Cục trưởng|Phó Chi cục trưởng
Chi cục trưởng|Phó Tổng cục trưởng|Tổng cục trưởng|Phó Vụ trưởng|Vụ trưởng|Phó Viện trưởng|Viện trưởng|Phó Chánh Văn phòng
Chánh Văn phòng|Phó Chánh Thanh tra|Chánh Thanh tra|Phó Chánh án|Chánh án|Phó Thống đốc|Thống đốc|Bộ trưởng|Thứ trưởng
Phó Tổng Kiểm toán|Tổng Kiểm toán|Phó Tổng Thanh tra|Tổng Thanh tra|Chủ nhiệm|Phó Chủ nhiệm|Hiệu trưởng|Phó Hiệu trưởng
Trưởng ban|Phó Trưởng ban|Trưởng phòng|Phó Trưởng phòng|Bí thư|Phó Bí thư|Tổng Thư ký|Phó Tổng Thư ký|Thủ trưởng
Đại diện bên A|Đại diện bên B|Kế toán trưởng|Hội đồng quản trị|Hội đồng thành viên|Bưu chính|Thể dục|Địa chính|Cựu chiến binh
Công ty|Tập đoàn|Tổng công ty|Ngân hàng|Bệnh viện|Trường|Liên đoàn|Quỹ|Kho bạc|Bách khoa|Sư phạm|Kinh tế|Luật|Nhân dân
`
  .split(/[|\n]/u)
  .map((phrase) => phrase.trim())
  .filter((phrase) => phrase !== '');

const provinces = `
Hà Nội|Hồ Chí Minh|Hải Phòng|Đà Nẵng|Cần Thơ|Huế|Thừa Thiên Huế|An Giang|Bà Rịa - Vũng Tàu|Bắc Giang|Bắc Kạn|Bạc Liêu
Bắc Ninh|Bến Tre|Bình Định|Bình Dương|Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp
Gia Lai|Hà Giang|Hà Nam|Hà Tĩnh|Hải Dương|Hậu Giang|Hòa Bình|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lâm Đồng|Lạng Sơn
Lào Cai|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị
Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái
`
  .split(/[|\n]/u)
  .map((name) => name.trim())
  .filter((name) => name !== '');

const byKey = new Map([...phrases, ...provinces].map((phrase) => [keyOf(phrase), phrase]));
// The word after one of these begins a name of its own.
const heads = new Set(
  [
    'Bộ',
    'Sở',
    'Cục',
    'Chi cục',
    'Tổng cục',
    'Vụ',
    'Viện',
    'Phòng',
    'Ban',
    'Ủy ban',
    'Hội đồng',
    'Hội',
    'Trung tâm',
  ]
    .concat([
      'Trường',
      'Trường Đại học',
      'Đại học',
      'Học viện',
      'Văn phòng',
      'Công ty',
      'Tổng công ty',
      'Tập đoàn',
    ])
    .concat(['Ngân hàng', 'Liên đoàn', 'Bệnh viện', 'Ban Quản lý', 'Ban Chỉ đạo', 'Quỹ', 'Đoàn Thanh niên']),
);
const longest = Math.max(...phrases.map((phrase) => phrase.split(' ').length));
// What follows these words is a proper name, every word of it (NĐ 30 PL2 II).
const placeWords = new Set([
  'tinh',
  'huyen',
  'quan',
  'phuong',
  'xa',
  'thanh pho',
  'thi xa',
  'thi tran',
  'dac khu',
]);

/**
 * A name printed in capitals, as running text writes it: the way this very document writes it elsewhere, else by known
 * words. Text that is not all capitals comes back as it is.
 */
export function writtenName(printed: string, running = ''): string {
  const name = printed.replace(/\s+/gu, ' ').trim();
  if (!isUpper(name)) return name;
  return byKey.get(keyOf(name)) ?? asWrittenIn(running, name) ?? byWords(name);
}

function asWrittenIn(running: string, name: string): string | null {
  const lower = running.toLowerCase();
  const wanted = name.toLowerCase();
  if (lower.length !== running.length) return null;
  const counts = new Map<string, number>();
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
    const found = running.slice(at, at + wanted.length);
    if (!isUpper(found) && /^\p{Lu}/u.test(found)) counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best?.[0] ?? null;
}

function byWords(name: string): string {
  const words = name.split(' ');
  const written: string[] = [];
  let inPlace = false;
  let begins = true;
  for (let index = 0; index < words.length;) {
    const { taken, text, known, after } = phraseAt(words, index);
    const place = written.length > 0 && placeWords.has(foldLetters(text));
    if (place) written.push(text.toLowerCase() + after);
    else if (known !== undefined) written.push(known + after);
    else if (!/\p{L}/u.test(text) || isAbbreviation(text)) written.push(text + after);
    else written.push((begins || inPlace ? capital(text) : text.toLowerCase()) + after);
    inPlace = place || (inPlace && known === undefined);
    begins = known !== undefined && heads.has(known);
    index += taken;
  }
  return written.join(' ');
}

/** The longest known phrase that begins here, without the sign that ends it; else one word. */
function phraseAt(words: readonly string[], from: number) {
  for (let taken = Math.min(longest, words.length - from); taken >= 1; taken -= 1) {
    const whole = words.slice(from, from + taken).join(' ');
    const after = /[,;]$/u.exec(whole)?.[0] ?? '';
    const text = after === '' ? whole : whole.slice(0, -1);
    const known = byKey.get(keyOf(text));
    const place = placeWords.has(foldLetters(text));
    if (known !== undefined || place || taken === 1) return { taken, text, known, after };
  }
  return { taken: 1, text: words[from] ?? '', known: undefined, after: '' };
}

/** Where the tone stands (`hoá`, `hóa`) does not tell names apart; the tone itself does (`thủ`, `thứ`). */
function keyOf(name: string): string {
  return name
    .toLowerCase()
    .split(' ')
    .map((word) => {
      const parts = word.normalize('NFD');
      return parts.replace(tones, '').normalize('NFC') + (parts.match(tones) ?? []).join('');
    })
    .join(' ');
}

/** UBND, VSTP, KT.: no syllable, so its capitals are meant. */
function isAbbreviation(word: string): boolean {
  const letters = word.replace(/[^\p{L}]/gu, '');
  return (word.endsWith('.') && letters.length < 4) || (letters.length > 1 && !isVietnameseSyllable(letters));
}

export function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}
