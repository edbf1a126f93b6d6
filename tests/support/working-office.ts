import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepDraft, submitDraft } from '#electron/features/drafting/public.ts';
import { actAs, mustHappen, type Actor } from '#electron/features/sample/act-as.ts';
import { createOffice, type CreatedOffice } from '#electron/features/sample/create-office.ts';
import { sampleOffices, type Part } from '#electron/features/sample/offices.ts';
import { signFile } from '#electron/features/signing/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import {
  asOutgoing,
  bookFor,
  currentStep,
  documentAggregate,
  type StoredFile,
} from '#shared/documents/public.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import type { WorkingDraft } from '#shared/drafting/public.ts';
import {
  CommandIdSchema,
  DocumentIdSchema,
  StepIdSchema,
  dayOf,
  type DocumentId,
} from '#shared/kernel/public.ts';

export const officePin = '246810';

export type WorkingOffice = Readonly<{
  folder: string;
  office: CreatedOffice;
  as: (part: Part) => Actor;
  commandId: () => ReturnType<typeof CommandIdSchema.parse>;
  remove: () => void;
}>;

/** The sample department with its keys on a disk of its own, before anything has come or gone. */
export async function workingOffice(equipped: readonly string[] = ['minh']): Promise<WorkingOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'antin-office-'));
  const [sample] = sampleOffices;
  if (sample === undefined) throw new Error('There is no sample office');
  const parts = { home: folder, clock: systemClock, passphrase: 'AnTin@2026', pin: officePin, sample: true };
  const office = await createOffice(sample, { ...parts, equipped });
  return {
    folder,
    office,
    as: (part) => actAs(office.open, office.part(part), systemClock),
    commandId: () => CommandIdSchema.parse(systemClock.newId()),
    remove: () => {
      office.open.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A notice with these files beside it, signed by the leader and numbered: the seal comes next. */
export async function numberedNotice(
  { as, office, commandId }: WorkingOffice,
  {
    attachments = [],
    paragraphs = 1,
  }: Readonly<{ attachments?: readonly StoredFile[]; paragraphs?: number }> = {},
): Promise<DocumentId> {
  const officer = as('officer');
  const { desk } = officer.open;
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const subject = 'Phân công trực cuối năm';
  const stepId = StepIdSchema.parse(systemClock.newId());
  const working: WorkingDraft = {
    kind: 'TB',
    template: 'thong-bao',
    subject,
    urgency: 'normal',
    dueOn: null,
    addressees: [],
    bases: [],
    body: {
      type: 'doc',
      content: Array.from({ length: paragraphs }, (_, n) => ({
        type: 'paragraph',
        content: [{ type: 'text', text: `Các phòng bố trí người trực, ca thứ ${n + 1}.` }],
      })),
    },
    recipients: [{ name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' }],
    copies: 1,
    steps: [{ id: stepId, kind: 'sign', person: office.part('leader'), authority: null, delegation: null }],
  };
  const summary = {
    kind: 'TB',
    template: 'thong-bao',
    subject,
    symbol: '',
    urgency: working.urgency,
    dueOn: null,
  };
  officer.must('drafting.start', { documentId, summary, repliesTo: null });
  keepDraft(officer.open, documentId, working);
  for (const file of attachments) officer.must('drafting.addAttachment', { documentId, file });
  const asked = { commandId: commandId(), documentId, steps: working.steps };
  mustHappen((await submitDraft(officer, asked)).reply);
  const signing = { commandId: commandId(), documentId, stepId, pin: officePin };
  mustHappen((await signFile(as('leader'), signing)).reply);
  const clerk = as('clerk');
  const agency = readState(desk.db, agencyAggregate, desk.agencyId);
  const book = agency === null ? null : bookFor(agency, 'TB');
  clerk.must('documents.number', { documentId, book, issuedOn: dayOf(systemClock.now()) });
  return documentId;
}

export function outgoingOf({ office }: WorkingOffice, documentId: DocumentId) {
  const document = asOutgoing(readState(office.open.desk.db, documentAggregate, documentId));
  return { ...document, turn: currentStep(document.circuit) };
}
