/** TT 05/2025/TT-BNV, the code tables of the annexes' EAD.xml and EAD_doc.xml. */

/** Retention: for ever, 70, 50, 30, 20, 10 years, another term. */
export const maintenances = ['01', '02', '03', '04', '05', '06', '07'] as const;

/** Open, of limited use, secret. */
export const modes = ['01', '02', '03'] as const;

/** 01 is Vietnamese. */
export const languages = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11'] as const;

/** Good, ordinary, damaged. */
export const conditions = ['01', '02', '03'] as const;

/** Electronic from the beginning, digitised, mixed. */
export const confidences = ['01', '02', '03'] as const;
export const mixedConfidence = '03' satisfies (typeof confidences)[number];

/** The 29 kinds of NĐ 30/2020/NĐ-CP Đ7 in the circular's order, map, drawing, other. */
export const documentTypes = [
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
  '07',
  '08',
  '09',
  '10',
  '11',
  '12',
  '13',
  '14',
  '15',
  '16',
  '17',
  '18',
  '19',
  '20',
  '21',
  '22',
  '23',
  '24',
  '25',
  '26',
  '27',
  '28',
  '29',
  '30',
  '31',
  '32',
] as const;
