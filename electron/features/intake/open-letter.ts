import { AppError } from '#shared/kernel/public.ts';
import { namesToKeep } from '#shared/exchange/public.ts';
import { readMail, type MailAttachment } from '#shared/node/mail/public.ts';
import type { Signed } from '../../host/context.ts';
import { isPdf } from '#shared/node/pdf-text/public.ts';
import type { Enclosed } from './enclosed.ts';
import { keptMail, mustFit } from './kept-mail.ts';
import { isMessage, openMessage } from './open-message.ts';

type Asked = Readonly<{ uploadId: string; only: number | null }>;

/**
 * A letter at the door, an e-mail or a message between agencies: each PDF in it waits to be received like any other file,
 * with what the letter says of it and the e-mail itself; the rest is named and is no paper. `only` asks for one of them again.
 */
export function openLetter(signed: Signed, { uploadId, only }: Asked) {
  const { name, bytes } = signed.uploads.take(uploadId);
  const inMail = isMessage(name) ? null : openMail(name, bytes);
  const attachments = inMail ?? openMessage(name, bytes);
  const papers = attachments.filter(isPdf);
  const others = namesToKeep(attachments.filter((one) => !isPdf(one)).map((one) => one.name));
  if (papers.length === 0) throw nothingToTake(name, others);
  const names = namesToKeep(papers.map(nameOf));
  const mailOf = inMail === null ? () => null : keptMail({ name, bytes }, inMail);
  const files = papers.flatMap(({ bytes: content, letter }, place) => {
    if (only !== null && only !== place) return [];
    const kept = names[place]?.name ?? '';
    const uploadId = signed.uploads.offer(kept, content, { letter, mail: mailOf(place) });
    return [{ place, name: kept, uploadId }];
  });
  return { files, others: others.map((other) => other.name) };
}

function openMail(name: string, bytes: Uint8Array): readonly MailAttachment[] {
  mustFit(name, bytes.length);
  return readMail(bytes, name).attachments;
}

/** The last step of what is written: a path in a name leads nowhere. */
function nameOf({ name, letter }: Enclosed): string {
  const last = name.split(/[/\\]/u).at(-1) ?? '';
  if (last !== '') return last;
  return letter.subject === '' ? '' : `${letter.subject}.pdf`;
}

function nothingToTake(name: string, others: readonly Readonly<{ name: string }>[]): AppError {
  if (others.length === 0) return new AppError('mail.nothing-attached', { name });
  return new AppError('mail.no-pdf', { name, others: others.map((other) => other.name).join(', ') });
}
