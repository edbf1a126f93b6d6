import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { keepDraft, submitDraft } from '#electron/features/drafting/public.ts';
import { actAs, mustHappen, type Actor } from '#electron/features/sample/act-as.ts';
import { createOffice, type CreatedOffice } from '#electron/features/sample/create-office.ts';
import { sampleOffices, type Part } from '#electron/features/sample/offices.ts';
import { receiveFile } from '#electron/features/intake/public.ts';
import { sealFile, signFile } from '#electron/features/signing/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import {
  asOutgoing,
  bookFor,
  currentStep,
  documentAggregate,
  type IncomingFields,
  type StoredFile,
} from '#shared/documents/public.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import type { WorkingDraft } from '#shared/drafting/public.ts';
import {
  CommandIdSchema,
  DocumentIdSchema,
  StepIdSchema,
  TaskIdSchema,
  dayOf,
  type Day,
  type DocumentId,
  type StepId,
  type TaskId,
} from '#shared/kernel/public.ts';
import { someFields } from './builders.ts';

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

type NoticeAsked = Readonly<{
  attachments?: readonly StoredFile[];
  paragraphs?: number;
  repliesTo?: DocumentId | null;
  dueOn?: Day | null;
  visas?: readonly Part[];
}>;

/** A notice with these files beside it, submitted to whoever agrees first and to the leader who signs. */
export async function submittedNotice(
  { as, office, commandId }: WorkingOffice,
  { attachments = [], paragraphs = 1, repliesTo = null, dueOn = null, visas = [] }: NoticeAsked = {},
): Promise<DocumentId> {
  const officer = as('officer');
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const subject = 'Phân công trực cuối năm';
  const step = (part: Part, kind: 'visa' | 'sign') => ({
    id: StepIdSchema.parse(systemClock.newId()),
    kind,
    person: office.part(part),
    authority: null,
    delegation: null,
  });
  const working: WorkingDraft = {
    kind: 'TB',
    template: 'thong-bao',
    subject,
    urgency: 'normal',
    dueOn,
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
    steps: [...visas.map((part) => step(part, 'visa')), step('leader', 'sign')],
  };
  const summary = {
    kind: 'TB',
    template: 'thong-bao',
    subject,
    symbol: '',
    urgency: working.urgency,
    dueOn,
  };
  officer.must('drafting.start', { documentId, summary, repliesTo });
  keepDraft(officer.open, documentId, working);
  for (const file of attachments) officer.must('drafting.addAttachment', { documentId, file });
  const asked = { commandId: commandId(), documentId, steps: working.steps };
  mustHappen((await submitDraft(officer, asked)).reply);
  return documentId;
}

/** Signed by the leader and numbered: the seal comes next. */
export async function numberedNotice(
  working: WorkingOffice,
  asked: Omit<NoticeAsked, 'visas'> = {},
): Promise<DocumentId> {
  const documentId = await submittedNotice(working, asked);
  const stepId = turnOf(working, documentId);
  const signing = { commandId: working.commandId(), documentId, stepId, pin: officePin };
  mustHappen((await signFile(working.as('leader'), signing)).reply);
  const clerk = working.as('clerk');
  const { desk } = clerk.open;
  const agency = readState(desk.db, agencyAggregate, desk.agencyId);
  const book = agency === null ? null : bookFor(agency, 'TB');
  clerk.must('documents.number', { documentId, book, issuedOn: dayOf(systemClock.now()) });
  return documentId;
}

export function outgoingOf({ office }: WorkingOffice, documentId: DocumentId) {
  const document = asOutgoing(readState(office.open.desk.db, documentAggregate, documentId));
  return { ...document, turn: currentStep(document.circuit) };
}

/** The step of the circuit whose turn it is. */
export function turnOf(working: WorkingOffice, documentId: DocumentId): StepId {
  const { turn } = outgoingOf(working, documentId);
  if (turn === null) throw new Error('It is nobody’s turn');
  return turn.id;
}

/** The same, sealed and issued. */
export async function issuedNotice(
  working: WorkingOffice,
  asked: Omit<NoticeAsked, 'visas'> = {},
): Promise<DocumentId> {
  const documentId = await numberedNotice(working, asked);
  const clerk = working.as('clerk');
  const sealing = { commandId: working.commandId(), documentId, pin: officePin };
  mustHappen((await sealFile(clerk, sealing)).reply);
  const recipients = [{ name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' }];
  clerk.must('documents.issue', { documentId, recipients, copies: 1, repliesTo: asked.repliesTo ?? null });
  return documentId;
}

/** A letter that came on paper and was scanned, in the register; every field of it may be said. */
export async function registeredLetter(
  working: WorkingOffice,
  over: Partial<IncomingFields> = {},
): Promise<DocumentId> {
  const clerk = working.as('clerk');
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const made = await PDFDocument.create();
  made.addPage([595, 842]).drawText(`TO SO ${documentId}`, { x: 80, y: 600 });
  const bytes = await made.save();
  const uploadId = clerk.uploads.begin('cong-van-den.pdf', bytes.length);
  clerk.uploads.append(uploadId, 0, bytes);
  mustHappen((await receiveFile(clerk, { commandId: working.commandId(), documentId, uploadId })).reply);
  const fields = someFields({ issuedOn: dayOf(systemClock.now()), ...over });
  const presentTo = working.office.part('leader');
  clerk.must('documents.registerIncoming', { documentId, fields, presentTo });
  return documentId;
}

/** The leader gives a letter to the officer, who takes it up; the task. */
export function directedTo(working: WorkingOffice, documentId: DocumentId, dueOn: Day): TaskId {
  const taskId = TaskIdSchema.parse(systemClock.newId());
  const to = { kind: 'person', id: working.office.part('officer') };
  const assignments = [{ task: taskId, role: 'lead', to, dueOn }];
  const words = 'Nghiên cứu, tham mưu trả lời.';
  working.as('leader').must('workflow.direct', { documentId, words, assignments, inform: [] });
  working.as('officer').must('workflow.acceptTask', { taskId, documentId });
  return taskId;
}
