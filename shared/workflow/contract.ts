import { z } from 'zod';
import {
  CommandIdSchema,
  DaySchema,
  DocumentIdSchema,
  PersonIdSchema,
  ReplySchema,
  StepIdSchema,
  TaskIdSchema,
  UnitIdSchema,
  command,
  query,
  service,
} from '../kernel/public.ts';
import { CertifiedCopySchema, DocumentRowSchema, ExportSchema, StepSchema } from '../documents/public.ts';
import { BatchIdSchema, KeyIdSchema, PinSchema } from '../signing/public.ts';
import * as circuit from './circuit-commands.ts';
import * as directions from './direction-commands.ts';
import { TaskSchema, taskStates } from './model.ts';
import * as tasks from './task-commands.ts';

const LoadSchema = z.object({ open: z.int(), late: z.int(), soon: z.int(), done: z.int() });

/** Who has how much, what is late, what has no owner: within what the reader may see. */
export const SupervisionSchema = z.object({
  units: z.array(LoadSchema.extend({ unit: UnitIdSchema })),
  people: z.array(LoadSchema.extend({ person: PersonIdSchema })),
  late: z.array(DocumentRowSchema),
  unowned: z.array(DocumentRowSchema),
});
export type Supervision = z.infer<typeof SupervisionSchema>;

/** A task somebody has not finished yet, with its document. */
export const HeldSchema = z.object({
  task: TaskIdSchema,
  state: z.enum(taskStates),
  dueOn: DaySchema.nullable(),
  document: DocumentRowSchema,
});
export type Held = z.infer<typeof HeldSchema>;

const signing = {
  commandId: CommandIdSchema,
  documentId: DocumentIdSchema,
  pin: PinSchema,
  key: KeyIdSchema,
};

/** One paper of a batch: its key is open already (`signing.beginBatch`). */
const inBatch = { commandId: CommandIdSchema, documentId: DocumentIdSchema, batch: BatchIdSchema };

export const workflowContract = {
  overview: query(z.object({}), SupervisionSchema),
  /** What a person, or a unit and its people, have on their hands: late first, then the nearest deadline. */
  held: query(
    z.object({
      by: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('person'), id: PersonIdSchema }),
        z.object({ kind: z.literal('unit'), id: UnitIdSchema }),
      ]),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.object({ rows: z.array(HeldSchema), total: z.int() }),
  ),
  tasks: query(z.object({ documentId: DocumentIdSchema }), z.object({ tasks: z.array(TaskSchema) })),

  /** Freezes the working copy: sets the page, adds the fields its circuit needs, then `workflow.submit`. */
  submitDraft: service(
    z.object({
      commandId: CommandIdSchema,
      documentId: DocumentIdSchema,
      steps: z.array(StepSchema).min(1).max(20),
    }),
    z.object({ reply: ReplySchema }),
  ),
  /** Signs or initials the page in circulation with the signer's own key, then `workflow.signStep`. */
  signFile: service(
    z.union([z.object({ ...signing, stepId: StepIdSchema }), z.object({ ...inBatch, stepId: StepIdSchema })]),
    z.object({ reply: ReplySchema }),
  ),
  /** Takes the page back with the signature of another agency's leader on it, then `workflow.takeSigned`. */
  bringSigned: service(
    z.object({
      commandId: CommandIdSchema,
      documentId: DocumentIdSchema,
      stepId: StepIdSchema,
      uploadId: z.string(),
    }),
    z.object({ reply: ReplySchema }),
  ),
  takeSigned: command(circuit.takeSigned),
  /** Writes number and date on the page and seals it with the agency's key, then `documents.seal`. */
  sealFile: service(z.object(signing), z.object({ reply: ReplySchema })),

  /** Makes a copy, an electronic one signed with the agency's key, then `documents.makeCopy`. */
  copyFile: service(
    CertifiedCopySchema.pick({
      form: true,
      target: true,
      pages: true,
      purpose: true,
      recipients: true,
      decidedBy: true,
    })
      // Paper is signed by hand.
      .extend({ ...signing, pin: PinSchema.nullable() }),
    z.object({ reply: ReplySchema }),
  ),
  /** A copy on paper, to be printed: its pages, and the sheet that makes it a copy (NĐ 30 PL1 phần II). */
  printCopy: service(
    CertifiedCopySchema.pick({ number: true, year: true }).extend({ documentId: DocumentIdSchema }),
    ExportSchema,
  ),

  passStep: command(circuit.passStep),
  returnDraft: command(circuit.returnDraft),
  withdraw: command(circuit.withdraw),
  sendBack: command(circuit.sendBack),
  direct: command(directions.direct),
  withdrawDirection: command(directions.withdrawDirection),
  linkReply: command(directions.linkReply),
  assignTask: command(tasks.assignTask),
  acceptTask: command(tasks.acceptTask),
  reportProgress: command(tasks.reportProgress),
  finishTask: command(tasks.finishTask),
  approveTask: command(tasks.approveTask),
  rejectTask: command(tasks.rejectTask),
  returnTask: command(tasks.returnTask),
  pauseTask: command(tasks.pauseTask),
  resumeTask: command(tasks.resumeTask),
};
