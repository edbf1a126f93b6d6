import { registerFieldsOf } from '#shared/exchange/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { connectionNamed, contentOf, nameOfKind, readMessage } from '#shared/node/edxml/public.ts';
import { isPdf } from '#shared/node/pdf-text/public.ts';

import type { Enclosed } from './enclosed.ts';

/** A message between agencies (QCVN 102:2016): its first PDF is the paper that its fields speak of. */
export function openMessage(name: string, bytes: Uint8Array): readonly Enclosed[] {
  const parts: Uint8Array[][] = [];
  const { message, isComplete } = readMessage(bytes, {
    sinkFor: (place) => ({
      write: (piece) => (parts[place] ??= []).push(piece),
      end: () => undefined,
    }),
  });
  if (message.kind !== 'document') throw new AppError('edxml.no-document', { name });
  if (!isComplete) throw new AppError('edxml.incomplete', { name });
  const letter = { sender: message.from.name ?? '', subject: message.subject ?? '', sentAt: null };
  const register = registerFieldsOf(message, connectionNamed(null), nameOfKind);
  const files = message.attachments.map((attachment, place) => {
    const { name: called, type, bytes } = contentOf(attachment, Buffer.concat(parts[place] ?? []));
    return { name: called, type, bytes, letter };
  });
  const paper = files.findIndex(isPdf);
  return files.map((file, place) => (place === paper ? { ...file, letter: { ...letter, register } } : file));
}

/** As axes name their messages; what is none inside, its reader says. */
export function isMessage(name: string): boolean {
  return /\.(?:edxml|xml)$/iu.test(name);
}
