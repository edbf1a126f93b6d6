import { keepDraft, submitDraft } from '#electron/features/drafting/public.ts';
import { signFile } from '#electron/features/signing/public.ts';
import { actAs, mustHappen } from '#electron/features/sample/act-as.ts';
import { systemClock } from '#electron/platform/clock.ts';
import type { WorkingDraft } from '#shared/drafting/public.ts';
import { CommandIdSchema, DocumentIdSchema, StepIdSchema, type AgencyId } from '#shared/kernel/public.ts';
import { samplePin } from './people.ts';
import { openSampleDesk } from './sample-desk.ts';

type Desk = Readonly<{ folder: string; agencyId: AgencyId }>;

export const paperToSign = (n: number): string => `Phân công trực đợt ${n}`;

type Papers = Readonly<{
  count: number;
  /** Whom they go to. */
  to?: string;
  /** The leader has signed them: the clerk is next. */
  areSigned?: boolean;
}>;

/** Papers of the officer's that wait for the leader's signature and nothing else, or have it. */
export async function papersToSign(desk: Desk, papers: Papers): Promise<void> {
  const { count, to = 'Ủy ban nhân dân tỉnh An Bình', areSigned = false } = papers;
  const { open, called } = await openSampleDesk(desk);
  const [officer, leader] = [called('Thị Ngọc'), called('Văn Minh')];
  const actor = actAs(open, officer, systemClock);
  for (let n = 1; n <= count; n += 1) {
    const documentId = DocumentIdSchema.parse(systemClock.newId());
    const id = StepIdSchema.parse(systemClock.newId());
    const subject = paperToSign(n);
    const summary = {
      kind: 'TB',
      template: 'thong-bao',
      subject,
      symbol: '',
      urgency: 'normal',
      dueOn: null,
    } as const;
    const text = { type: 'text', text: `Các phòng bố trí người trực, đợt ${n}.` };
    const working: WorkingDraft = {
      ...summary,
      addressees: [],
      bases: [],
      body: { type: 'doc', content: [{ type: 'paragraph', content: [text] }] },
      recipients: [{ name: to, kind: 'agency' }],
      copies: 1,
      steps: [{ id, kind: 'sign', person: leader, authority: null, delegation: null }],
    };
    actor.must('drafting.start', { documentId, summary, repliesTo: null });
    keepDraft(open, documentId, working);
    const commandId = CommandIdSchema.parse(systemClock.newId());
    mustHappen((await submitDraft(actor, { commandId, documentId, steps: working.steps })).reply);
    if (!areSigned) continue;
    const signing = { commandId: CommandIdSchema.parse(systemClock.newId()), documentId, stepId: id };
    mustHappen((await signFile(actAs(open, leader, systemClock), { ...signing, pin: samplePin })).reply);
  }
  open.close();
}
