import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HashSchema } from '#shared/kernel/public.ts';
import { nodeFiles } from '#shared/node/files/public.ts';
import type { Package, PackageFile } from '#shared/node/packages/public.ts';
import { aDocument, aDossier, aPackage } from './sample.ts';

export type LargeOrder = Readonly<{
  /** Where the files lie that it is made of. */
  folder: string;
  documents: number;
  dossiers: number;
  originalBytes: number;
}>;

const code = 'H19.2026.01.TCCB';
const textBytes = 4000;
const pieceBytes = 1024 * 1024;

/** A dossier of many documents in many dossiers of its own, whose files lie on the disk, no two alike. */
export function largeDossier({ folder, documents, dossiers, originalBytes }: LargeOrder): Package {
  const given = aPackage('AIP_hoso');
  const content = Buffer.alloc(originalBytes);
  for (let at = 0; at < content.length; at += 1) content[at] = (at * 2_654_435_761) >>> 24;
  const text = Buffer.alloc(textBytes, 'lời văn ');
  const all = Array.from({ length: documents }, (_, index) => {
    const { fields } = aDocument(index + 1, `${code}.${(index % dossiers) + 1}`);
    content.writeUInt32LE(index, 0);
    text.writeUInt32LE(index, 0);
    return {
      // What is numbered within a dossier of its own has that dossier's code.
      fields: {
        ...fields,
        docCode: `${code}.${(index % dossiers) + 1}.${String(index + 1).padStart(7, '0')}`,
      },
      files: [
        onDisk(join(folder, `${index}.pdf`), 'original', content),
        onDisk(join(folder, `${index}.txt`), 'text', text),
      ],
    };
  });
  const parts = Array.from({ length: dossiers }, (_, index) => aDossier(`${code}.${index + 1}`, 1));
  return { ...given, dossier: aDossier(code, documents), parts, documents: all };
}

function onDisk(path: string, role: PackageFile['role'], bytes: Buffer): PackageFile {
  writeFileSync(path, bytes);
  const hash = HashSchema.parse(createHash('sha256').update(bytes).digest('hex'));
  const type = role === 'original' ? 'application/pdf' : 'text/plain';
  return {
    role,
    name: `tệp.${path.slice(-3)}`,
    size: bytes.length,
    hash,
    type,
    open: () => piecesOf(path, bytes.length),
  };
}

/** As the store reads: a piece at a time. */
async function* piecesOf(path: string, size: number): AsyncGenerator<Uint8Array> {
  const file = nodeFiles.open(path);
  try {
    for (let offset = 0; offset < size; offset += pieceBytes) {
      yield await Promise.resolve(file.read(offset, Math.min(pieceBytes, size - offset)));
    }
  } finally {
    file.close();
  }
}
