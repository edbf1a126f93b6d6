import { namesToKeep } from '#shared/exchange/public.ts';
import type { StoredFile } from '#shared/documents/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import type { Signed } from '../../host/context.ts';
import type { CameIn } from '../documents/public.ts';
import type { Enclosed } from './enclosed.ts';
import { readAtDoor } from './read-at-door.ts';

const mebibyte = 1_048_576;
/** Bytes of an e-mail; most mailboxes turn larger ones away. */
const mostMebibytes = 64;

/** Refuses an e-mail by its size, in bytes, before anything in it is looked at (`mail.too-large`). */
export function mustFit(name: string, size: number): void {
  if (size <= mostMebibytes * mebibyte) return;
  throw new AppError('mail.too-large', { name, size: Math.ceil(size / mebibyte), limit: mostMebibytes });
}

type Mail = Readonly<{ name: string; bytes: Uint8Array }>;

/**
 * An e-mail as each paper it brought has it, by the paper's place. The whole is kept with a paper only where every other
 * PDF in it was read and carries no secrecy mark: a secret paper's bytes are not stored in an e-mail either (Luật BVBMNN
 * 2018 Đ5; `design.md` 13).
 */
export function keptMail({ name, bytes }: Mail, papers: readonly Enclosed[]): (place: number) => CameIn {
  const judged = papers.map((paper) => once(() => mayBeStored(paper)));
  const kept = namesToKeep([name])[0]?.name ?? name;
  return (place) => ({
    name: kept,
    bytes,
    mayKeep: async () => {
      for (const [other, judge] of judged.entries()) {
        if (other !== place && !(await judge())) return false;
      }
      return true;
    },
  });
}

/** Puts the e-mail away as it came, bit for bit; null where it may not be stored. */
export async function storedMail({ open }: Signed, mail: CameIn): Promise<StoredFile | null> {
  if (!(await mail.mayKeep())) return null;
  return { ...(await open.blobs.put(mail.bytes)), name: mail.name, pages: 0 };
}

async function mayBeStored({ name, bytes }: Enclosed): Promise<boolean> {
  try {
    return (await readAtDoor(bytes, name)).secret === null;
  } catch (error) {
    // What nobody can read may be secret.
    if (error instanceof AppError) return false;
    throw error;
  }
}

function once<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let begun: Promise<Value> | null = null;
  return () => (begun ??= work());
}
