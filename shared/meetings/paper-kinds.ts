/** Giấy mời, biên bản, thông báo kết luận: the agency's own papers that a meeting leads to. */
export const paperNames = ['invitation', 'minutes', 'conclusions'] as const;
export type PaperName = (typeof paperNames)[number];

/** Which of the 29 kinds of NĐ 30 Đ7 each is, and the template of its form (NĐ 30 PL3). */
export const paperKinds = {
  invitation: { kind: 'GM', template: 'giay-moi' },
  minutes: { kind: 'BB', template: 'bien-ban' },
  conclusions: { kind: 'TB', template: 'thong-bao' },
} as const satisfies Readonly<Record<PaperName, unknown>>;
