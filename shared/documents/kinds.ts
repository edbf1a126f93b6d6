/** Codes of the kinds of documents (NĐ 30 Đ7, Đ9), the usual ones first. */
export const kindCodes = [
  'CV', 'QĐ', 'TB', 'KH', 'BC', 'TTr', 'GM', 'NQ', 'CT', 'HD', 'CTr', 'QC', 'QyĐ', 'TC', 'PA', 'ĐA', 'DA', 'BB',
  'HĐ', 'CĐ', 'BGN', 'BTT', 'GUQ', 'GGT', 'GNP', 'PG', 'PC', 'PB', 'TCg',
] as const; // prettier-ignore
