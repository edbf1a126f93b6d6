import type { CoreClient } from '../../electron/host/core.ts';
import type { DocumentId } from '../../shared/kernel/public.ts';
import { nothingKnown, rewrittenTo, type WorkingDraft } from '../../shared/drafting/public.ts';

/** Writes a whole draft as a window does: takes what is there, changes it, gives what is new. */
export async function writeWhole(
  client: CoreClient,
  documentId: DocumentId,
  draft: WorkingDraft,
): Promise<void> {
  const asked = { documentId, client: 1, cursor: null, update: null, have: nothingKnown };
  const { update, have } = await client.drafting.exchange(asked);
  const words = rewrittenTo(draft, update === null ? null : Buffer.from(update, 'base64'));
  await client.drafting.exchange({ ...asked, update: Buffer.from(words).toString('base64'), have });
}

/** The answer as it is drafted: asked of a neighbour, in two paragraphs. */
export function draftAbout(recipient: string): Omit<WorkingDraft, 'steps'> {
  const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });
  return {
    kind: 'CV',
    template: 'cong-van',
    subject: 'phối hợp triển khai nhiệm vụ chuyển đổi số năm 2027',
    urgency: 'normal',
    dueOn: null,
    addressees: [recipient],
    bases: [],
    body: {
      type: 'doc',
      content: [
        paragraph(
          'Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh, cơ quan đề nghị đơn vị phối hợp triển khai các nhiệm vụ chuyển đổi số năm 2027.',
        ),
        paragraph('Đề nghị gửi kết quả trước ngày 15 tháng 12 năm 2026 qua hệ thống quản lý văn bản.'),
      ],
    },
    recipients: [{ name: recipient, kind: 'agency' }],
    copies: 1,
  };
}
