import { actAs, type Actor } from '#electron/features/sample/act-as.ts';
import { createOffice, type CreatedOffice } from '#electron/features/sample/create-office.ts';
import { sampleOffices } from '#electron/features/sample/offices.ts';
import { keepDraft, submitDraft } from '#electron/features/drafting/public.ts';
import { bringSigned, sealFile, signFile } from '#electron/features/signing/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import {
  asOutgoing,
  documentAggregate,
  openSteps,
  type Outgoing,
  type Step,
} from '#shared/documents/public.ts';
import type { WorkingDraft } from '#shared/drafting/public.ts';
import {
  CommandIdSchema,
  DelegationIdSchema,
  DocumentIdSchema,
  StepIdSchema,
  dayOf,
  type DelegationId,
  type DocumentId,
  type Reply,
} from '#shared/kernel/public.ts';

type Part = Parameters<CreatedOffice['part']>[0];
type Said = Pick<WorkingDraft, 'kind' | 'template' | 'subject'> & Partial<WorkingDraft>;

const pin = '246810';

/** The sample department on a disk of its own, its head away: a deputy may sign for the head. */
export async function jointOffice(home: string) {
  const [sample] = sampleOffices;
  if (sample === undefined) throw new Error('There is no sample office');
  const equipped = ['minh', 'hanh', 'tuan', 'ngoc', 'lan', 'thang', 'ha'];
  const parts = { home, clock: systemClock, passphrase: 'AnTin@2026', pin, sample: true, equipped };
  const office = await createOffice(sample, parts);
  const delegation = DelegationIdSchema.parse(systemClock.newId());
  const as = (part: Part): Actor => actAs(office.open, office.part(part), systemClock);
  as('administrator').must('directory.delegate', {
    delegationId: delegation,
    details: {
      from: office.part('leader'),
      to: office.part('deputy'),
      authority: 'KT.',
      kinds: [],
      fromDay: '2026-01-01',
      toDay: null,
      source: '15/QĐ-SKHCN',
    },
    parentId: null,
  });
  return { office, delegation, as, ...actsIn(office, as) };
}

export type JointOffice = Awaited<ReturnType<typeof jointOffice>>;

function actsIn(office: CreatedOffice, as: (part: Part) => Actor) {
  const { desk, blobs } = office.open;
  const commandId = () => CommandIdSchema.parse(systemClock.newId());
  const document = (id: DocumentId): Outgoing => asOutgoing(readState(desk.db, documentAggregate, id));
  const stepOf = (id: DocumentId, part: Part) => {
    const step = openSteps(document(id).circuit).find(({ person }) => person === office.part(part));
    if (step === undefined) throw new Error(`It is not the turn of the ${part}`);
    return step.id;
  };
  return {
    document,
    step: (kind: Step['kind'], part: Part, more: Partial<Step> = {}): Step => ({
      id: StepIdSchema.parse(systemClock.newId()),
      kind,
      person: office.part(part),
      authority: null,
      delegation: null,
      ...more,
    }),
    /** The page as it stands, byte for byte. */
    page: async (id: DocumentId): Promise<Uint8Array> => {
      const { file } = document(id);
      if (file === null) throw new Error('There is no page yet');
      return blobs.read(file.hash, 0, file.size);
    },
    submit: async (said: Said): Promise<DocumentId> => {
      const documentId = DocumentIdSchema.parse(systemClock.newId());
      const officer = as('officer');
      const { kind, template, subject } = said;
      const summary = { kind, template, subject, symbol: '', urgency: 'normal', dueOn: null };
      officer.must('drafting.start', { documentId, summary, repliesTo: null });
      const draft: WorkingDraft = { ...emptyDraft, ...said };
      keepDraft(officer.open, documentId, draft);
      happened(
        (await submitDraft(officer, { commandId: commandId(), documentId, steps: draft.steps })).reply,
      );
      return documentId;
    },
    sign: async (documentId: DocumentId, part: Part): Promise<void> => {
      const asked = { commandId: commandId(), documentId, stepId: stepOf(documentId, part), pin };
      happened((await signFile(as(part), asked)).reply);
    },
    bring: async (documentId: DocumentId, part: Part, bytes: Uint8Array): Promise<void> => {
      const actor = as(part);
      const uploadId = actor.uploads.begin('da-ky.pdf', bytes.length);
      actor.uploads.append(uploadId, 0, bytes);
      const asked = { commandId: commandId(), documentId, stepId: stepOf(documentId, part), uploadId };
      happened((await bringSigned(actor, asked)).reply);
    },
    number: (documentId: DocumentId, book = 'chung'): void => {
      as('clerk').must('documents.number', { documentId, book, issuedOn: dayOf(systemClock.now()) });
    },
    seal: async (documentId: DocumentId): Promise<void> => {
      happened((await sealFile(as('clerk'), { commandId: commandId(), documentId, pin })).reply);
    },
  };
}

/** The step of the deputy, who signs for the head, in the second block. */
export function deputySigns(
  { step }: Pick<JointOffice, 'step'>,
  delegation: DelegationId,
  more: Partial<Step> = {},
): Step {
  return step('sign', 'deputy', { authority: 'KT.', delegation, block: 2, ...more });
}

const emptyDraft: Omit<WorkingDraft, 'kind' | 'template' | 'subject'> = {
  urgency: 'normal',
  dueOn: null,
  addressees: [],
  bases: [],
  body: {
    type: 'doc',
    content: [
      { type: 'paragraph', content: [{ type: 'text', text: 'Hai bên thống nhất nội dung phối hợp.' }] },
    ],
  },
  recipients: [{ name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' }],
  copies: 5,
  steps: [],
};

function happened(reply: Reply): void {
  if (!reply.ok) throw new Error(reply.refusal.code);
}
