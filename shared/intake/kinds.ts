import { foldLetters } from './letters.ts';

/** The 29 kinds of NĐ 30 Đ7 and the normative ones, with the abbreviations their symbols carry. */
const kinds: readonly (readonly [kind: string, abbreviation: string])[] = [
  ['Nghị quyết liên tịch', 'NQLT'],
  ['Thông tư liên tịch', 'TTLT'],
  ['Văn bản hợp nhất', 'VBHN'],
  ['Bộ luật', 'BL'],
  ['Luật', 'L'],
  ['Pháp lệnh', 'PL'],
  ['Lệnh', 'L'],
  ['Hiến pháp', 'HP'],
  ['Nghị quyết', 'NQ'],
  ['Nghị định', 'NĐ'],
  ['Quyết định', 'QĐ'],
  ['Thông tư', 'TT'],
  ['Chỉ thị', 'CT'],
  ['Quy chế', 'QC'],
  ['Quy định', 'QyĐ'],
  ['Thông cáo', 'TC'],
  ['Thông báo', 'TB'],
  ['Hướng dẫn', 'HD'],
  ['Chương trình', 'CTr'],
  ['Kế hoạch', 'KH'],
  ['Phương án', 'PA'],
  ['Đề án', 'ĐA'],
  ['Dự án', 'DA'],
  ['Báo cáo', 'BC'],
  ['Biên bản', 'BB'],
  ['Tờ trình', 'TTr'],
  ['Hợp đồng', 'HĐ'],
  ['Công điện', 'CĐ'],
  ['Công văn', ''],
  ['Thư công', ''],
  ['Bản ghi nhớ', 'BGN'],
  ['Bản thỏa thuận', 'BTT'],
  ['Giấy ủy quyền', 'GUQ'],
  ['Giấy mời', 'GM'],
  ['Giấy giới thiệu', 'GGT'],
  ['Giấy nghỉ phép', 'GNP'],
  ['Phiếu gửi', 'PG'],
  ['Phiếu chuyển', 'PC'],
  ['Phiếu báo', 'PB'],
  ['Kết luận', 'KL'],
  ['Bản đề nghị', 'ĐN'],
  ['Bản thanh lý hợp đồng', 'TLHĐ'],
  ['Quy trình', 'QTr'],
  ['Điều lệ', 'ĐL'],
  ['Công bố', 'CB'],
];

const byName = kinds.map(([kind, abbreviation]) => ({
  kind,
  abbreviation,
  folded: foldLetters(kind).replace(/\s/gu, ''),
}));

/** The kind a title line in capitals names, alone or with a few words after it (`THÔNG BÁO MỜI THẦU`). */
export function kindOfTitle(title: string): { kind: string; exact: boolean } | null {
  const folded = foldLetters(title).replace(/[^a-z]/gu, '');
  const exact = byName.find((entry) => entry.folded === folded);
  if (exact !== undefined) return { kind: exact.kind, exact: true };
  const longer = byName.find((entry) => folded.startsWith(entry.folded) && entry.folded.length > 6);
  return longer === undefined || title.split(/\s+/u).length > 6 ? null : { kind: longer.kind, exact: false };
}

/** The kind a symbol's abbreviation stands for: `01/2020/NĐ-CP`, `15/QĐ-BNV`. */
export function kindOfSymbol(symbol: string): string | null {
  const first = symbol.split(/[-/.]/u).find((part) => /\p{L}/u.test(part));
  return byName.find((entry) => entry.abbreviation === first && entry.abbreviation !== 'L')?.kind ?? null;
}
