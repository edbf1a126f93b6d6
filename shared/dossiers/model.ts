import { z } from 'zod';
import {
  DaySchema,
  DocumentIdSchema,
  DossierIdSchema,
  InstantSchema,
  PersonIdSchema,
  UnitIdSchema,
} from '../kernel/public.ts';

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

export const printForms = ['pdf', 'csv'] as const;
export type PrintForm = (typeof printForms)[number];

export const dossierStates = ['open', 'closed'] as const;
export type DossierState = (typeof dossierStates)[number];

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
  closed: z.object({ by: PersonIdSchema, at: InstantSchema }).nullable(),
});
export type Dossier = z.infer<typeof DossierSchema>;

export function fileListId(year: number): string {
  return `list-${year}`;
}
