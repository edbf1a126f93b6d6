import { z } from 'zod';
import {
  AgendaItemIdSchema,
  DaySchema,
  DisposalIdSchema,
  DocumentIdSchema,
  DossierIdSchema,
  HandOverIdSchema,
  HashSchema,
  InstantSchema,
  MeetingIdSchema,
  PersonIdSchema,
  TaskIdSchema,
  UnitIdSchema,
} from '../kernel/public.ts';
import { DestructionSchema, LockSchema } from '../documents/public.ts';

const line = (max: number) => z.string().trim().max(max);

/** How long a file is kept: for ever, or a term of years (Luật Lưu trữ 33/2024: at most seventy). */
export const RetentionSchema = z.union([z.literal('permanent'), z.int().min(1).max(70)]);
export type Retention = z.infer<typeof RetentionSchema>;

/** Chế độ sử dụng (TT 05/2025/TT-BNV, bảng mã `mode`); secret files have no level here. */
export const accessModes = ['open', 'conditional'] as const;
export const AccessModeSchema = z.enum(accessModes);
export type AccessMode = z.infer<typeof AccessModeSchema>;

/** Số và ký hiệu hồ sơ (NĐ 30 PL6 II, FileNotation S20), such as `01.TCCB`. */
export const FileCodeSchema = line(20).regex(/^[^\s/\\]+$/u);

/** One line of the danh mục hồ sơ (NĐ 30 PL5). */
export const ListEntrySchema = z.object({
  code: FileCodeSchema,
  /** Đề mục the line stands under; empty where it stands under none. */
  heading: line(200),
  title: line(500).min(1),
  retention: RetentionSchema,
  /** Who makes the file; null where that is said when it is opened. */
  maker: PersonIdSchema.nullable(),
  note: line(500),
});
export type ListEntry = z.infer<typeof ListEntrySchema>;

/** As many lines as one agency's list of a year has at most. */
export const mostEntries = 3000;

/** Danh mục hồ sơ of one year: what the head approved is what files are opened from (NĐ 30 Đ28). */
export const FileListSchema = z.object({
  year: z.int(),
  entries: z.array(ListEntrySchema),
  /** Null as long as it was never approved, and again once it was changed. */
  approved: z.object({ by: PersonIdSchema, at: InstantSchema }).nullable(),
  /** The code of every file that was opened in that year, from the list or outside it. */
  taken: z.record(z.string(), DossierIdSchema),
});
export type FileList = z.infer<typeof FileListSchema>;

export const DossierFieldsSchema = z.object({
  code: FileCodeSchema,
  title: line(500).min(1),
  retention: RetentionSchema,
  mode: AccessModeSchema,
  keywords: line(100),
  description: line(500),
  startedOn: DaySchema,
  /** Hồ sơ xây dựng cơ bản: handed over sooner than the others (NĐ 30 Đ30). */
  construction: z.boolean().optional(),
});
export type DossierFields = z.infer<typeof DossierFieldsSchema>;

/** Văn bản trong hồ sơ, with its place: given in the order of filing, and without gaps once the file is closed. */
export const DossierItemSchema = z.object({ n: z.int().min(1), document: DocumentIdSchema });
export type DossierItem = z.infer<typeof DossierItemSchema>;

/** As many papers as one file, or one part of a file, holds. */
export const mostItems = 5000;
/** As many parts as one file has. */
export const mostParts = 2000;
/** As many papers as are filed by one act. */
export const mostAtOnce = 200;

/** What a closed file is made into for an archive (TT 05/2025/TT-BNV, Phụ lục III, I, V). */
export const dossierPackages = ['SIP_hoso', 'AIP_hoso', 'DIP'] as const;
export type DossierPackage = (typeof dossierPackages)[number];

/**
 * The lưu trữ hiện hành has it once it is `archived`, the lưu trữ lịch sử once it is `transferred`. Its term over, it is
 * considered for destruction ("Xem xét hủy", TT 05/2025/TT-BNV).
 */
export const dossierStates = [
  'open',
  'closed',
  'offered',
  'archived',
  'transferred',
  'considered',
  'destroyed',
] as const;
export type DossierState = (typeof dossierStates)[number];

/** What an archivist looks at before a file is taken (NĐ 30 Đ30), and gives as reasons where it is not. */
export const archiveChecks = ['list', 'contents', 'metadata', 'signatures', 'readable', 'retention'] as const;
export const ArchiveCheckSchema = z.enum(archiveChecks);
export type ArchiveCheck = z.infer<typeof ArchiveCheckSchema>;

/** Why a file was given back: what of the check list was not in order, and in words what is to be mended. */
export const GivenBackSchema = z.object({
  reasons: z.array(ArchiveCheckSchema).min(1),
  words: line(500),
});
export type GivenBack = z.infer<typeof GivenBackSchema>;

/** What the lưu trữ lịch sử wrote when it took a file: who they are, and their minutes' number and day. */
export const ReceiptSchema = z.object({ to: line(200).min(1), number: line(60).min(1), on: DaySchema });
export type Receipt = z.infer<typeof ReceiptSchema>;

const done = z.object({ by: PersonIdSchema, at: InstantSchema });

/** What was put down when it was closed: how much lay in it, and what was said and did not stop it. */
export const CertifiedSchema = z.object({
  papers: z.int(),
  /** Of the list of its papers' own hashes. */
  fingerprints: HashSchema,
  warnings: z.array(z.object({ code: z.string(), places: z.array(z.int()) })),
});
export type Certified = z.infer<typeof CertifiedSchema>;

const HandingSchema = z.object({
  /** The newest hand-over it was in. */
  handOver: HandOverIdSchema,
  /** Null once it is offered again. */
  returned: GivenBackSchema.extend(done.shape).nullable(),
  archived: done.nullable(),
  transferred: ReceiptSchema.extend(done.shape).nullable(),
});

/** What a meeting decided about an item that was raised from a file, as it came back to the file. */
export const ExcerptSchema = z.object({
  meeting: MeetingIdSchema,
  item: AgendaItemIdSchema,
  /** The meeting's title, and the item's. */
  from: z.string(),
  title: z.string(),
  decision: z.object({ how: z.string(), passed: z.boolean(), words: z.string(), ...done.shape }),
  conclusions: z.array(
    z.object({
      words: z.string(),
      owner: PersonIdSchema.nullable(),
      dueOn: DaySchema.nullable(),
      /** What the owner does about it; absent in what was sent before that was told. */
      task: TaskIdSchema.nullable().optional(),
    }),
  ),
  /** The signed minutes, once there are some. */
  minutes: DocumentIdSchema.nullable(),
});
export type Excerpt = Readonly<z.infer<typeof ExcerptSchema>>;

export const DossierSchema = DossierFieldsSchema.extend({
  id: DossierIdSchema,
  /** Năm hình thành hồ sơ (FileCatalog). */
  year: z.int(),
  state: z.enum(dossierStates),
  /** Whether it stands in that year's list; NĐ 30 Đ29 lets a handler open one outside it. */
  inList: z.boolean(),
  maker: PersonIdSchema,
  /** Who may see it: the makers of now and before, and their units. */
  people: z.array(PersonIdSchema),
  units: z.array(UnitIdSchema),
  /** The file it is a part of, and its own parts. */
  parent: DossierIdSchema.nullable(),
  parts: z.array(DossierIdSchema),
  items: z.array(DossierItemSchema),
  /** The highest place that was ever given. */
  last: z.int().min(0),
  endedOn: DaySchema.nullable(),
  /** What meetings decided about it, in the order it came. */
  excerpts: z.array(ExcerptSchema).optional(),
  /** The freezes and cases that keep it. */
  locks: z.array(LockSchema).optional(),
  /** The list it stands on as long as its destruction is considered, and the state it had before. */
  disposal: z
    .object({ id: DisposalIdSchema, from: z.enum(dossierStates) })
    .nullable()
    .optional(),
  destroyed: DestructionSchema.optional(),
  /** `certified` is absent where it was closed before that was put down. */
  closed: done.extend({ certified: CertifiedSchema.optional() }).nullable(),
  /** Its way to the archive; absent as long as it was never offered. */
  handing: HandingSchema.optional(),
  /** The head's permission to keep it back for the work (NĐ 30 Đ30). */
  keptBack: z
    .object({ until: DaySchema, reason: line(500), by: PersonIdSchema, at: InstantSchema })
    .optional(),
  /** Itself, while the archive reads it; absent as long as it was never offered. */
  inArchive: z.array(DossierIdSchema).optional(),
});
export type Dossier = z.infer<typeof DossierSchema>;

export function fileListId(year: number): string {
  return `list-${year}`;
}
