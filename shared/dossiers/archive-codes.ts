import type { AccessMode, Retention } from './model.ts';

/** TT 05/2025/TT-BNV, bảng mã `maintenance`: for ever, 70, 50, 30, 20, 10 years; 07 is any other term. */
export const otherTerm = '07';

export function maintenanceCode(retention: Retention) {
  switch (retention) {
    case 'permanent':
      return '01';
    case 70:
      return '02';
    case 50:
      return '03';
    case 30:
      return '04';
    case 20:
      return '05';
    case 10:
      return '06';
    default:
      return otherTerm;
  }
}

/** TT 05/2025/TT-BNV, bảng mã `mode`. */
export function modeCode(mode: AccessMode) {
  return mode === 'open' ? '01' : '02';
}

/** TT 05/2025/TT-BNV, bảng mã `typeName`: the kinds of NĐ 30 Đ7. */
const typeCodes = [
  ['NQ', '01'],
  ['QĐ', '02'],
  ['CT', '03'],
  ['QC', '04'],
  ['QyĐ', '05'],
  ['TC', '06'],
  ['TB', '07'],
  ['HD', '08'],
  ['CTr', '09'],
  ['KH', '10'],
  ['PA', '11'],
  ['ĐA', '12'],
  ['DA', '13'],
  ['BC', '14'],
  ['TTr', '15'],
  ['GUQ', '16'],
  ['PG', '17'],
  ['PC', '18'],
  ['PB', '19'],
  ['BB', '20'],
  ['HĐ', '21'],
  ['CV', '22'],
  ['CĐ', '23'],
  ['BGN', '24'],
  ['BTT', '25'],
  ['GM', '26'],
  ['GGT', '27'],
  ['GNP', '28'],
  ['TCg', '29'],
] as const;
export const otherKind = '32';

/** The code of a kind that a register names by its abbreviation or in words; whatever else it says is another kind. */
export function typeCode(kind: string, nameOf: (code: string) => string) {
  const exact = typeCodes.find(([code]) => code === kind);
  const said = kind.trim().toLowerCase();
  const known = exact ?? typeCodes.find(([code]) => nameOf(code).toLowerCase() === said);
  return known === undefined ? otherKind : known[1];
}
