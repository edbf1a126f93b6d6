import type { Draft, WorkingDraft } from '#shared/drafting/public.ts';

const run = (text: string) => ({ text, bold: false, italic: false });

const cell = (text: string, header = false) => ({ runs: [run(text)], colspan: 1, rowspan: 1, header });

/** An official letter as an office would send it; a test states only what matters to it. */
export function aDraft(changes: Partial<Draft> = {}): Draft {
  return {
    kind: 'CV',
    kindName: 'Công văn',
    form: 'letter',
    superior: 'Ủy ban nhân dân tỉnh An Bình',
    agency: 'Sở Khoa học và Công nghệ tỉnh An Bình',
    place: 'An Bình',
    symbol: 'SKHCN-CĐS',
    number: null,
    issuedOn: null,
    subject: 'phối hợp triển khai nhiệm vụ chuyển đổi số năm 2027',
    urgency: 'normal',
    circulation: null,
    addressees: ['Ủy ban nhân dân xã An Phú'],
    bases: [],
    body: [
      { kind: 'paragraph', runs: [run('Đề nghị đơn vị phối hợp triển khai các nhiệm vụ chuyển đổi số.')] },
    ],
    recipients: ['Như trên;', 'Lưu: VT, CĐS.'],
    signer: { authority: null, lines: ['Giám đốc'], name: 'Nguyễn Văn Minh' },
    coSigners: [],
    jointAgencies: [],
    leadSigns: 'right',
    drafterMark: null,
    contact: null,
    appendices: [],
    ...changes,
  };
}

/** A decision with articles, clauses, points and a table. */
export function aDecision(): Draft {
  return aDraft({
    kind: 'QĐ',
    kindName: 'Quyết định',
    form: 'decision',
    symbol: 'QĐ-SKHCN',
    subject: 'Thành lập Tổ công tác rà soát dữ liệu dùng chung',
    addressees: [],
    bases: ['Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;'],
    body: [
      { kind: 'article', runs: [run('Thành lập Tổ công tác gồm các ông, bà có tên sau đây:')] },
      { kind: 'clause', runs: [run('Ông Hoàng Minh Tuấn, Tổ trưởng;')] },
      { kind: 'point', runs: [run('phụ trách chung')] },
      {
        kind: 'table',
        rows: [
          [cell('TT', true), cell('Họ và tên', true)],
          [cell('1'), cell('Bùi Thị Ngọc')],
        ],
      },
      { kind: 'article', runs: [run('Quyết định này có hiệu lực kể từ ngày ký.')] },
    ],
    recipients: ['Như Điều 2;', 'Lưu: VT, VP.'],
  });
}

export const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });

/** A notice as its writer left it. */
export function aWorkingDraft(changes: Partial<WorkingDraft> = {}): WorkingDraft {
  return {
    kind: 'TB',
    template: 'thong-bao',
    subject: 'Phân công trực',
    urgency: 'normal',
    dueOn: null,
    addressees: ['Sở Nội vụ'],
    bases: [],
    body: { type: 'doc', content: [paragraph('Các phòng bố trí người trực.')] },
    recipients: [{ name: 'Như trên', kind: 'agency' }],
    copies: 1,
    steps: [],
    ...changes,
  };
}
