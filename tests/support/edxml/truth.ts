import type { DocumentMessage, Party, Staff, StatusMessage } from '#shared/exchange/public.ts';
import { HashSchema, DaySchema, InstantSchema } from '#shared/kernel/public.ts';

// Taken from the samples by hand, field by field; the hashes with `base64 -d | sha256sum`.

const day = (text: string) => DaySchema.parse(text);
const instant = (text: string) => InstantSchema.parse(text);

const ngheAn: Party = {
  code: '000.00.00.H41',
  inCharge: 'UBND Tỉnh Nghệ An',
  name: 'UBND Tỉnh Nghệ An',
  address: 'Số 03, đường Trường Thi, Thành phố Vinh, Tỉnh Nghệ An, Việt Nam',
  email: 'nghean@gov.vn',
  telephone: '0383 840418',
  fax: '0383 843049',
  website: 'www.nghean.vn',
};

const governmentOffice: Party = {
  code: '000.00.00.G22',
  inCharge: 'Văn phòng Chính phủ',
  name: 'Văn phòng Chính phủ',
  address: 'Số 1 Hoàng Hoa Thám, Quận Ba Đình, Hà Nội',
  email: 'vpcp@gov.vn',
  telephone: '8043100',
  fax: '04',
  website: 'vpcp.vn',
};

const answerer: Staff = {
  department: 'Phong hanh chinh',
  departmentCode: null,
  name: 'Nguyen thi ngoc tram',
  nameCode: null,
  email: 'ngoctram@nghean.vn',
  mobile: '84912000001',
};

const clerk: Staff = {
  department: 'Văn thư văn phòng',
  departmentCode: null,
  name: 'Nguyễn Thị Ngọc Trâm',
  nameCode: null,
  email: 'vanthuvanphong@gov.vn',
  mobile: '84912000001',
};

const answer: Omit<StatusMessage, 'status' | 'description'> = {
  kind: 'status',
  from: ngheAn,
  to: [],
  about: {
    agency: '000.00.00.G22',
    notation: '7816/VPCP-TTĐT',
    on: day('2015-09-30'),
    documentId: '000.00.00.G22,2015/09/30,7816/VPCP-TTĐT',
  },
  staff: answerer,
  at: instant('2015-09-20T04:08:36.000Z'),
};

const common = {
  kind: 'document',
  documentId: '000.00.00.G22,2015/09/30,7816/VPCP-TTĐT',
  symbol: 'VPCP-TTĐT',
  place: 'Hà Nội',
  type: { code: '1', detail: '0', name: 'Công văn' },
  subject: 'V/v kết nối, liên thông phần mềm quản lý văn bản',
  content: 'V/v kết nối, liên thông phần mềm quản lý văn bản',
  signer: {
    competence: 'TL. BO TRUONG',
    position: 'Cuc truong cuc ung dung cong nghe thong tin',
    name: 'Nguyen Thanh Phuc',
  },
  dueOn: day('2018-09-28'),
  priority: '0',
  sphere: 'Liên thông văn bản quốc gia',
  typist: 'TVC',
  copies: 2,
  pages: 22,
  direction: false,
  appendixes: ['Công văn về việc kết nối, liên thông phần mềm quản lý văn bản'],
  steeringType: '1',
  toPlaces: ['Cac bo va co quan ngang bo', 'Uy ban nhan dan cac tinh, TP'],
  trace: [{ code: '000.00.00.G22', at: instant('2018-09-27T17:00:00.000Z') }],
} as const;

const attached = {
  contentId: 'cid:209',
  name: '1896_QD-TTg_m_294779.doc',
  description: '1896_QD-TTg_m_294779.doc',
  contentType: 'application/zip',
  size: 270_823,
};

const haiPhong = {
  address: 'số 62 - Võ Thị Sáu - Ngô Quyền - Hải Phòng',
  email: 'bxd@moc.gov.vn',
  telephone: '(84-4) 3821 5137',
  fax: '(023)37366617',
  website: 'www.haiphong.gov.vn',
};

const lists = {
  appendixes: [...common.appendixes],
  toPlaces: [...common.toPlaces],
  trace: [...common.trace],
};

const newDocument: DocumentMessage = {
  ...common,
  ...lists,
  business: {
    kind: 'new',
    documentId: '000.00.00.G22,2014/02/30,7806/VPCP-TTĐT',
    reason: 'Văn bản điện tử mới',
    paper: false,
    staff: clerk,
  },
  from: {
    ...governmentOffice,
    code: '002.00.20.H13',
    inCharge: 'UBND xã Hòa Tiến - UBND huyện Hòa Vang - Thành phố Đà Nẵng',
    name: 'UBND xã Hòa Tiến - UBND huyện Hòa Vang - Thành phố Đà Nẵng',
    fax: '048989898789',
  },
  to: [
    {
      ...haiPhong,
      code: '28.22.H17',
      inCharge: 'UBND xã Hòa Sơn - UBND huyện Hòa Vang - Thành phố Đà Nẵng',
      name: 'UBND xã Hòa Sơn - UBND huyện Hòa Vang - Thành phố Đà Nẵng',
    },
  ],
  number: '74fass22',
  issuedOn: day('2019-01-16'),
  answers: [],
  attachments: [
    {
      ...attached,
      hash: HashSchema.parse('7ab7c43a02a3cf2cedd14ebf2545a37e7a1307e0091b4ba94c2ef1e842a763aa'),
    },
  ],
};

const revocation: DocumentMessage = {
  ...common,
  ...lists,
  business: {
    kind: 'revocation',
    documentId: null,
    reason: 'Thu hồi văn bản điện tử',
    paper: false,
    staff: clerk,
  },
  from: { ...governmentOffice, fax: '048989898789' },
  to: [
    ngheAn,
    {
      code: '000.00.00.H14',
      inCharge: 'UBND Tỉnh Cao Bằng',
      name: 'UBND Tỉnh Cao Bằng',
      address: 'Số 011 - Đường Hoàng Đình Giong - Thành Phố Cao Bằng, Tỉnh Cao Bằng',
      email: 'caobang@gov.vn',
      telephone: '02063852139',
      fax: '0202183239',
      website: 'www.caobang.gov.vn',
    },
    {
      ...haiPhong,
      code: '000.00.00.G17',
      inCharge: 'Sở Thông tin truyền thông Hải Phòng',
      name: 'Sở Thông tin truyền thông Hải Phòng',
    },
  ],
  number: '7816',
  issuedOn: day('2018-09-28'),
  answers: [
    {
      agency: '000.00.00.H14',
      notation: '267/VPCP-TTĐT',
      on: day('2018-09-28'),
      documentId: '000.00.04.G14,2012/08/06,267/VPCP-TTĐT',
    },
  ],
  attachments: [
    {
      ...attached,
      hash: HashSchema.parse('22100d39101238b750bc39a24ff6994cb2c0cf08f4edbf5f3c34d4700857d378'),
    },
  ],
};

/** What each sample says, all of it. */
export const truth: Readonly<Record<string, DocumentMessage | StatusMessage>> = {
  'edoc_new.edxml': newDocument,
  'edoc_revocation.edxml': revocation,
  'status_inbox__01.edxml': {
    ...answer,
    status: '01',
    description: 'Văn thư - Phòng Văn thư - Lưu trữ: Đã đến - Phần mềm QLVB đã nhận nhưng văn thư chưa xử lý',
  },
  'status_acceptance_03.edxml': {
    ...answer,
    status: '03',
    description:
      'Văn thư cơ - Phòng Văn thư - Lưu trữ: Tiếp nhận văn bản điện tử, vào sổ văn bản đến của đơn vị',
  },
  'status_assignment_04.edxml': { ...answer, status: '04', description: 'Lãnh đạo: Phân công xử lý' },
  'status_finish_06.edxml': {
    ...answer,
    status: '06',
    description: 'Văn thư: Ban hành văn bản đến, hoàn thành xử lý',
  },
  'status_cancellation_13.edxml': {
    ...answer,
    from: governmentOffice,
    about: { ...answer.about, agency: '000.00.00.H41' },
    status: '13',
    description: 'Văn thư yêu cầu lấy lại văn bản điện tử kèm lý do',
  },
};
