import { request as askPlain } from 'node:http';
import { request as askSafely } from 'node:https';
import { AppError } from '#shared/kernel/public.ts';
import type { AxisSettings } from './axis-settings.ts';
import { mostMessageBytes } from './transport.ts';

export type Call = Readonly<{
  path: string;
  type: string;
  bytes: Uint8Array;
  headers: Readonly<Record<string, string>>;
}>;

export type Answer = Readonly<{ status: number; bytes: Buffer }>;

/** One question to an axis. No answer, a late one or half of one is `line.away`; whatever was answered is for the caller. */
export function callAxis(
  { url, authority, timeoutSeconds }: Pick<AxisSettings, 'url' | 'authority' | 'timeoutSeconds'>,
  { path, type, bytes, headers }: Call,
): Promise<Answer> {
  const to = new URL(`${url.replace(/\/+$/u, '')}${path}`);
  const isSafe = to.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const away = (cause: unknown) => {
      clearTimeout(late);
      reject(new AppError('line.away', { host: to.host }, cause));
    };
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-type': type, 'content-length': bytes.length },
      ...(isSafe && authority !== null ? { ca: authority } : {}),
      ...(isSafe ? { minVersion: 'TLSv1.2' as const } : {}),
    };
    const request = (isSafe ? askSafely : askPlain)(to, options, (answer) => {
      const pieces: Buffer[] = [];
      let size = 0;
      answer.on('data', (piece: Buffer) => {
        size += piece.length;
        if (size > mostMessageBytes) answer.destroy(new Error('The answer is too long'));
        else pieces.push(piece);
      });
      answer.on('error', away);
      answer.on('end', () => {
        if (!answer.complete) return away(new Error('Cut off'));
        clearTimeout(late);
        return resolve({ status: answer.statusCode ?? 0, bytes: Buffer.concat(pieces) });
      });
    });
    // Of the whole exchange: an axis that sends a byte now and then is as good as away.
    const late = setTimeout(() => request.destroy(new Error('Too late')), timeoutSeconds * 1000);
    request.on('error', away);
    request.end(bytes);
  });
}
