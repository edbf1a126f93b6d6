import { createHash } from 'node:crypto';
import { DaySchema, HashSchema, InstantSchema } from '#shared/kernel/public.ts';
import type { OtherFile, Package, PackageDocument, PackageFile } from '#shared/node/packages/public.ts';

export const software = { name: 'Ấn Tín', version: '0.1.0' };
const code = 'H19.2026.01.TCCB';
const day = (text: string) => DaySchema.parse(text);
const instant = (text: string) => InstantSchema.parse(text);

export const kinds = ['SIP_hoso', 'SIP_tailieu', 'AIP_hoso', 'AIP_tailieu', 'DIP'] as const;
type Kind = (typeof kinds)[number];

/** A small package of a kind, with every field said and everything a dossier can hold. */
export function aPackage(kind: Kind = 'SIP_hoso'): Package {
  const isLoose = kind.endsWith('_tailieu');
  const documents = [1, 2, 3].map((ordinal) => aDocument(ordinal, isLoose ? null : code));
  return {
    kind,
    id: '0197f0a2-6b1c-7cc3-9d5e-2f6a1b3c4d5e',
    createdAt: instant('2026-11-29T18:30:07.125Z'),
    agency: { name: 'Sở Nội vụ & Lao động <tỉnh>', code: 'H19.41', fonds: 'P107' },
    archive: { name: 'Lưu trữ lịch sử tỉnh', code: 'H19.41.02' },
    dossier: isLoose ? null : aDossier(code, documents.length),
    parts: isLoose ? [] : [aDossier(`${code}.A`, 1)],
    events: kind.startsWith('AIP')
      ? [
          {
            type: 'transfer',
            at: instant('2026-11-20T02:00:00.000Z'),
            by: 'Sở Nội vụ',
            detail: 'Giao nộp theo biên bản số 3',
          },
          {
            type: 'information package creation',
            at: instant('2026-11-29T18:30:07.125Z'),
            by: software.name,
            detail: 'Lập gói',
          },
        ]
      : [],
    documents,
    others: [
      anOther('mail', 'Thư hỏi lại.eml', 'From: a\r\n\r\nKính gửi'),
      anOther('minutes', 'Biên bản giao nhận.pdf', '%PDF-1.7 biên bản'),
      anOther('log', 'nhật ký.jsonl', '{"seq":1}\n'),
    ],
  };
}

export function aDossier(arcFileCode: string, totalDoc: number): NonNullable<Package['dossier']> {
  return {
    arcFileCode,
    title: 'Hồ sơ tuyển dụng "đợt 1" & bổ sung\n(2026)',
    maintenance: '05',
    mode: '01',
    language: '01',
    startDate: day('2026-01-05'),
    endDate: day('2026-10-30'),
    keyword: 'tuyển dụng',
    totalDoc,
    numberOfPaper: 12,
    numberOfPage: 24,
    format: '01',
    inforSign: 'TD',
    confidenceLevel: '01',
    paperFileCode: 'G-17',
    description: 'x < y > z',
    riskRecovery: true,
    riskRecoveryStatus: '01',
  };
}

export function aDocument(ordinal: number, dossier: string | null): PackageDocument {
  return {
    fields: {
      docId: `${ordinal}`.padStart(6, '0'),
      arcFileCode: dossier,
      docCode: `${dossier ?? 'H19.41'}.${String(ordinal).padStart(7, '0')}`,
      docOrdinal: ordinal,
      // What only the annexes know is not read back from a package by the schemas.
      maintenance: null,
      riskRecovery: null,
      riskRecoveryStatus: null,
      typeName: '22',
      codeNumber: `${ordinal}`,
      codeNotation: 'SNV-TCCB',
      issuedDate: day('2026-03-09'),
      organName: 'Sở Nội vụ',
      subject: `V/v tuyển dụng công chức, lần ${ordinal}`,
      language: '01',
      numberOfPage: 2,
      inforSign: null,
      keyword: null,
      mode: '01',
      confidenceLevel: '01',
      autograph: 'Đ/c Hà xem, báo cáo trước 15/3\r\n– Minh',
      format: '01',
      process: true,
      description: null,
    },
    files: [
      aFile('original', `Công văn ${ordinal}.PDF`, `%PDF-1.7 gốc ${ordinal} ${'á'.repeat(400)}`),
      aFile('text', 'chữ.txt', `Lời văn ${ordinal}`),
      aFile('rendition', 'a.docx', `docx ${ordinal}`),
      aFile('attachment', 'Phụ lục 1', `phụ lục một ${ordinal}`),
      aFile('attachment', 'Phụ lục 2.xlsx', ''),
      aFile('evidence', 'kiểm tra chữ ký.pdf', `%PDF báo cáo ${ordinal}`),
    ],
  };
}

export function aFile(role: PackageFile['role'], name: string, content: string | Uint8Array): PackageFile {
  return { role, ...fileParts(name, content) };
}

export function anOther(role: OtherFile['role'], name: string, content: string): OtherFile {
  return { role, ...fileParts(name, content) };
}

function fileParts(name: string, content: string | Uint8Array): Omit<PackageFile, 'role'> {
  const bytes = Buffer.from(content);
  return {
    name,
    size: bytes.length,
    hash: HashSchema.parse(createHash('sha256').update(bytes).digest('hex')),
    type: 'application/octet-stream',
    open: () => inPieces(bytes),
  };
}

/** As a store gives it: piece by piece, and not at once. */
async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 300) {
    await Promise.resolve();
    yield bytes.subarray(at, at + 300);
  }
}
