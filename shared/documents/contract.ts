import { z } from 'zod';
import {
  BlobSchema,
  CommandIdSchema,
  DaySchema,
  DocumentIdSchema,
  HashSchema,
  ReplySchema,
  command,
  maxBlobBytes,
  query,
  service,
} from '../kernel/public.ts';
import * as copies from './copy-commands.ts';
import * as incoming from './incoming-commands.ts';
import * as issuing from './issuing-commands.ts';
import { DocumentLineageSchema } from './lineage.ts';
import { DocumentPageSchema, DocumentRowSchema, InboxItemSchema } from './page.ts';

/** A window into a list: rows from `offset`, and how many there are in all. */
const windowed = { offset: z.int().min(0), limit: z.int().min(1).max(500) };
const rowsOf = <Row extends z.ZodType>(row: Row) => z.object({ rows: z.array(row), total: z.int() });

export const ListInputSchema = z.object({
  ...windowed,
  states: z.array(z.string()).max(12).nullable(),
  year: z.int().nullable(),
  /** Folded words looked for in number, subject and issuer. */
  text: z.string().max(200),
});
export type ListInput = z.infer<typeof ListInputSchema>;

/** `book` is the id of one of the agency's outgoing books, or one of the names beside `arrivalsBook`. */
export const RegisterInputSchema = z.object({
  book: z.string().max(30),
  year: z.int(),
  from: DaySchema.nullable(),
  to: DaySchema.nullable(),
  /** Columns beyond those of NĐ 30 PL4, which are always there and in their order. */
  extra: z.array(z.enum(['urgency', 'dueOn', 'holder', 'state'])),
});
export type RegisterInput = z.infer<typeof RegisterInputSchema>;

export const RegisterPageSchema = z.object({
  columns: z.array(z.string()),
  rows: z.array(
    z.object({
      /** Null where no paper carries the number. */
      id: DocumentIdSchema.nullable(),
      direction: z.enum(['incoming', 'outgoing']),
      cells: z.array(z.string()),
    }),
  ),
  total: z.int(),
});

/** What a list goes out as: on paper, for a text program, for a spreadsheet, for another system. */
export const tableForms = ['pdf', 'docx', 'xlsx', 'csv'] as const;
export const TableFormSchema = z.enum(tableForms);
export type TableForm = z.infer<typeof TableFormSchema>;

/** A file made on request, read in ranges; it lives until the session ends. */
export const ExportSchema = z.object({ exportId: z.string(), name: z.string(), size: z.int() });
export type Export = z.infer<typeof ExportSchema>;

/** A part of a file's bytes, as they cross the contract. */
export const range = { offset: z.int().min(0), length: z.int().min(1).max(maxBlobBytes) };
export const BytesSchema = z.object({ bytes: BlobSchema, size: z.int() });

export const UploadSchema = z.object({ uploadId: z.string() });

export const documentsContract = {
  inbox: query(
    z.object({ ...windowed, side: z.enum(['mine', 'waiting']) }),
    z.object({ items: z.array(InboxItemSchema), total: z.int() }),
  ),
  counts: query(
    z.object({}),
    z.object({ mine: z.int(), late: z.int(), incoming: z.int(), outgoing: z.int() }),
  ),
  incoming: query(ListInputSchema, rowsOf(DocumentRowSchema)),
  outgoing: query(ListInputSchema, rowsOf(DocumentRowSchema)),
  page: query(z.object({ documentId: DocumentIdSchema }), DocumentPageSchema),
  /** What the paper went through from its arrival to the archive, and the papers that belong to it. */
  lineage: query(z.object({ documentId: DocumentIdSchema }), DocumentLineageSchema),
  readFile: query(
    z.object({
      documentId: DocumentIdSchema,
      hash: HashSchema,
      ...range,
      /** What the bytes are for, as the access log tells it. */
      purpose: z.enum(['view', 'save']).default('view'),
    }),
    BytesSchema,
  ),
  fileText: query(
    z.object({ documentId: DocumentIdSchema, hash: HashSchema }),
    z.object({ text: z.string() }),
  ),
  /** The pages of a PDF with a mark on each, for paper (NĐ 30 PL6 III.6.k); `size` is less for an earlier state of it. */
  printFile: service(
    z.object({ documentId: DocumentIdSchema, hash: HashSchema, size: z.int().min(1) }),
    ExportSchema,
  ),
  register: query(RegisterInputSchema.extend(windowed), RegisterPageSchema),
  /** A register or a report in full, in the form asked for. */
  exportRegister: service(RegisterInputSchema.extend({ form: TableFormSchema }), ExportSchema),
  readExport: query(z.object({ exportId: z.string(), ...range }), BytesSchema),

  beginUpload: service(z.object({ name: z.string().min(1).max(255), size: z.int().min(0) }), UploadSchema),
  appendUpload: service(
    z.object({ uploadId: z.string(), offset: z.int().min(0), bytes: BlobSchema }),
    UploadSchema,
  ),
  /** Takes an uploaded PDF through the door: checked, read, looked up; then `documents.receive` or a refusal. */
  receiveFile: service(
    z.object({ commandId: CommandIdSchema, documentId: DocumentIdSchema, uploadId: z.string() }),
    z.object({
      reply: ReplySchema,
      duplicates: z.array(DocumentRowSchema),
      /** It came in an e-mail that could not be kept with it: something in there may be secret. */
      isMailLeft: z.boolean(),
    }),
  ),
  /** Opens an uploaded letter (`.eml`, `.edxml`): its PDFs become uploads of their own, the rest is only named. */
  openLetter: service(
    z.object({ uploadId: z.string(), only: z.int().min(0).nullable() }),
    z.object({
      files: z.array(z.object({ place: z.int(), name: z.string(), uploadId: z.string() })),
      others: z.array(z.string()),
    }),
  ),
  /** An issued document as a letter for those no network reaches, and who of them has no known address. */
  makeMail: service(
    z.object({ documentId: DocumentIdSchema }),
    z.object({ made: ExportSchema, addressed: z.array(z.string()), unaddressed: z.array(z.string()) }),
  ),

  refuseIncoming: command(incoming.refuseIncoming),
  registerIncoming: command(incoming.registerIncoming),
  correctRegistration: command(incoming.correctRegistration),
  number: command(issuing.number),
  issue: command(issuing.issue),
  note: command(issuing.note),
  voidCopy: command(copies.voidCopy),
};
