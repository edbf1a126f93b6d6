import { namesToKeep } from '#shared/exchange/public.ts';
import type { StoredFile } from '#shared/documents/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { withoutFiles, type MailAttachment } from '#shared/node/mail/public.ts';
import { officeMark } from '#shared/node/office-text/public.ts';
import { isPdf } from '#shared/node/pdf-text/public.ts';
import type { Signed } from '../../host/context.ts';
import type { CameIn } from '../documents/public.ts';
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
 * The e-mail as each paper it brought has it, by the paper's place: bit for bit where it is the only one; otherwise with
 * the other papers taken out, since who reads one of them need not read the rest. Nothing of it is kept where another PDF
 * or an office file in it carries a secrecy mark or was not read (Luật BVBMNN 2018 Đ5; `design.md` 13).
 */
export function keptMail(
  { name, bytes }: Mail,
  attachments: readonly MailAttachment[],
): (place: number) => CameIn {
  const papers = attachments.filter(isPdf);
  const judged = attachments.map((one) => ({ one, judge: once(() => mayBeStored(one)) }));
  const kept = namesToKeep([name])[0]?.name ?? name;
  return (place) => ({
    name: kept,
    bytesToKeep: async () => {
      const own = papers[place];
      for (const { one, judge } of judged) if (one !== own && !(await judge())) return null;
      return withoutFiles(
        bytes,
        papers.filter((one) => own === undefined || Buffer.compare(one.bytes, own.bytes) !== 0),
      );
    },
  });
}

/** Puts the e-mail away; null where it may not be stored. */
export async function storedMail({ open }: Signed, mail: CameIn): Promise<StoredFile | null> {
  const bytes = await mail.bytesToKeep();
  return bytes === null ? null : { ...(await open.blobs.put(bytes)), name: mail.name, pages: 0 };
}

async function mayBeStored(attachment: MailAttachment): Promise<boolean> {
  const { name, bytes } = attachment;
  try {
    if (!isPdf(attachment)) return (await officeMark(attachment)) === null;
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
