/** The codes of status messages that are known (QĐ 28/2018/QĐ-TTg; samples of the national axis). 07–12 and 14 are not. */
export const statusCodes = ['01', '02', '03', '04', '05', '06', '13', '15', '16'] as const;
export type StatusCode = (typeof statusCodes)[number];

export const statusMeanings = [
  'arrived',
  'refused',
  'accepted',
  'assigned',
  'processing',
  'done',
  'take-back-asked',
  'take-back-agreed',
  'take-back-refused',
] as const;
export type StatusMeaning = (typeof statusMeanings)[number];

/** What a code means, who says it, and whether it needs a reason. */
export const statuses: Readonly<
  Record<
    StatusCode,
    Readonly<{ meaning: StatusMeaning; saidBy: 'receiver' | 'sender'; needsReason: boolean }>
  >
> = {
  '01': { meaning: 'arrived', saidBy: 'receiver', needsReason: false },
  // Whoever does not take a document answers for it and says why (QĐ 28/2018/QĐ-TTg).
  '02': { meaning: 'refused', saidBy: 'receiver', needsReason: true },
  '03': { meaning: 'accepted', saidBy: 'receiver', needsReason: false },
  '04': { meaning: 'assigned', saidBy: 'receiver', needsReason: false },
  '05': { meaning: 'processing', saidBy: 'receiver', needsReason: false },
  '06': { meaning: 'done', saidBy: 'receiver', needsReason: false },
  '13': { meaning: 'take-back-asked', saidBy: 'sender', needsReason: true },
  '15': { meaning: 'take-back-agreed', saidBy: 'receiver', needsReason: false },
  '16': { meaning: 'take-back-refused', saidBy: 'receiver', needsReason: true },
};

/** The code as listed; systems that drop the zero in front are understood. Null for one nobody could confirm. */
export function statusCodeOf(text: string): StatusCode | null {
  const padded = text.padStart(2, '0');
  return statusCodes.find((code) => code === padded) ?? null;
}
