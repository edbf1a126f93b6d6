import type { AgencyDetails } from '../directory/public.ts';
import type { Day } from '../kernel/public.ts';

export type CodeForm = 'old13' | 'qd20' | 'other';

/** The older form has level 1 last (QCVN 102:2016); QĐ 20/2020/QĐ-TTg Đ5 puts it first, at most 35 characters. */
const old13 = /^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}$/;
const qd20 = /^[A-Y]\d{2}(?:\.[A-Z0-9]+)*$/;
/** Organisations outside the levels: `Z01`–`Z99` and up to 32 characters without a separator (QĐ 20/2020/QĐ-TTg). */
const qd20Scheme = /^Z\d{2}[A-Z0-9]{1,32}$/;
/** Enterprises, cooperatives and household businesses keep their business number (QĐ 20/2020/QĐ-TTg). */
const businessNumber = /^\d{10}(?:-?\d{3})?$/;

/** Which of the forms a code is in. Both are in use, and others too (`28.22.H17`): what is none of them is still an address. */
export function codeFormOf(code: string): CodeForm {
  if (old13.test(code)) return 'old13';
  const isQd20 = qd20.test(code) || qd20Scheme.test(code) || businessNumber.test(code);
  return isQd20 && code.length <= 35 ? 'qd20' : 'other';
}

/** The code an agency goes by on a day: in the form asked for, else in the other one. */
export function codeOn(
  agency: Pick<AgencyDetails, 'codes'>,
  day: Day,
  form: Exclude<CodeForm, 'other'>,
): string | null {
  const inForce = agency.codes.filter(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo),
  );
  return (inForce.find((one) => one.form === form) ?? inForce[0])?.code ?? null;
}
