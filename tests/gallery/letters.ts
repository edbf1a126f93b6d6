import type { Day, Instant } from '#shared/kernel/public.ts';
import { addDays, dayOf, instantFrom } from '#shared/kernel/public.ts';
import type { Urgency } from '#renderer/ui/marks.tsx';

/** An invented letter for looking at components; titles are of the real length. */
export type Letter = Readonly<{
  id: string;
  arrival: number;
  notation: string;
  issuer: string;
  subject: string;
  at: Instant;
  due: Day | null;
  urgency: Urgency;
  state: string;
  waiting: boolean;
}>;

export const galleryNow = instantFrom(Date.parse('2026-11-27T02:05:00.000Z'));

const subjects = [
  'V/v triển khai thực hiện Quyết định số 1267/QĐ-UBND ngày 03 tháng 6 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh về việc công bố danh mục thủ tục hành chính được sửa đổi, bổ sung; thủ tục hành chính bị bãi bỏ trong lĩnh vực An toàn thực phẩm thuộc phạm vi chức năng quản lý của Sở Y tế',
  'V/v xin bổ sung kinh phí năm 2026',
  'Giấy mời họp Ban Chỉ đạo chuyển đổi số quý IV năm 2026',
  'V/v quyết toán kinh phí Chương trình mục tiêu vệ sinh an toàn thực phẩm năm 2025',
  'Phê duyệt Đề án tổ chức lại các đơn vị sự nghiệp công lập trực thuộc Sở Nội vụ giai đoạn 2026 – 2030, định hướng đến năm 2035',
  'Thông báo kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp về công tác phòng, chống dịch bệnh ở người và gia súc, gia cầm dịp Tết Nguyên đán',
];
const issuers = [
  'Ủy ban nhân dân tỉnh Hậu Giang',
  'Chi cục An toàn vệ sinh thực phẩm',
  'Sở Nội vụ',
  'Văn phòng UBND tỉnh',
  'UBND xã An Phú',
];
const symbols = ['UBND-NC', 'QĐ-UBND', 'TB-VP', 'CCATVSTP-TC', 'GM-SNV'];
const urgencies: readonly Urgency[] = [
  'normal',
  'normal',
  'flash',
  'urgent',
  'normal',
  'very-urgent',
  'normal',
];
const states = ['Chờ chỉ đạo', 'Đang xử lý', 'Đã vào sổ', 'Hoàn thành'];

/** The letter at a place of an endless register. */
export function letterAt(place: number): Letter {
  const dueIn = [-3, 0, 1, 4, null, 9, null][place % 7] ?? null;
  return {
    id: `letter-${place}`,
    arrival: 1284 - place,
    notation: `${((place * 37) % 400) + 1}/${pick(symbols, place)}`,
    issuer: pick(issuers, place * 3),
    subject: pick(subjects, place),
    at: instantFrom(Date.parse(galleryNow) - place * 5_400_000 - 900_000),
    due: dueIn === null ? null : addDays(dayOf(galleryNow), dueIn),
    urgency: pick(urgencies, place),
    state: pick(states, place),
    waiting: place % 4 === 0,
  };
}

function pick<Value>(values: readonly Value[], place: number): Value {
  const value = values[place % values.length];
  if (value === undefined) throw new Error('empty list');
  return value;
}
