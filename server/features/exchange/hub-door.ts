import { request as ask } from 'node:https';
import type { z } from 'zod';
import { AppError } from '#shared/kernel/public.ts';
import { FaultSchema } from '#shared/sync/public.ts';

export type HubAddress = Readonly<{
  url: string;
  /** The one authority its certificate goes back to, PEM. */ authority: string;
}>;

/** What an answer has to be, who asks, and until when they want to know. */
type Asked<Schema> = Readonly<{ gives: Schema; token?: string; over?: AbortSignal | undefined }>;

export type HubDoor = Readonly<{
  post: <Schema extends z.ZodType>(
    path: string,
    body: unknown,
    asked: Asked<Schema>,
  ) => Promise<z.output<Schema>>;
  put: <Schema extends z.ZodType>(
    path: string,
    bytes: Uint8Array,
    gives: Schema,
    token: string,
  ) => Promise<z.output<Schema>>;
  get: (path: string, token: string) => Promise<Uint8Array>;
}>;

/** Longer than a hub waits before it answers that nothing has come. */
const stillMs = 45_000;
const mostBytes = 256 * 1024 * 1024;

type Sending = Readonly<{
  method: 'POST' | 'PUT' | 'GET';
  type: string | null;
  bytes: Uint8Array | null;
  token: string | undefined;
  over?: AbortSignal | undefined;
}>;

/** Speaks with one hub over TLS 1.2 or newer, believing nobody but its authority. */
export function openHubDoor(address: HubAddress): HubDoor {
  async function send(path: string, sending: Sending): Promise<Buffer> {
    const { status, bytes } = await over(address, path, sending);
    if (status === 200) return bytes;
    const told = FaultSchema.safeParse(parsed(bytes));
    const isOurs = told.success && /^[a-z-]+\.[a-z-]+$/u.test(told.data.code);
    throw new AppError(isOurs ? (told.data.code as `${string}.${string}`) : 'hub.strange-answer', { status });
  }

  async function asJson<Schema extends z.ZodType>(path: string, sending: Sending, gives: Schema) {
    const read = gives.safeParse(parsed(await send(path, sending)));
    if (!read.success) throw new AppError('hub.strange-answer', { status: 200 });
    return read.data;
  }

  return {
    post: (path, body, { gives, token, over: until }) => {
      const bytes = Buffer.from(JSON.stringify(body));
      return asJson(path, { method: 'POST', type: 'application/json', bytes, token, over: until }, gives);
    },
    put: (path, bytes, gives, token) =>
      asJson(path, { method: 'PUT', type: 'application/octet-stream', bytes, token }, gives),
    get: (path, token) => send(path, { method: 'GET', type: null, bytes: null, token }),
  };
}

function over(
  { url, authority }: HubAddress,
  path: string,
  { method, type, bytes, token, over: signal }: Sending,
): Promise<Readonly<{ status: number; bytes: Buffer }>> {
  const to = new URL(path, url);
  return new Promise((resolve, reject) => {
    const away = (cause: unknown) => reject(new AppError('hub.away', { host: to.host }, cause));
    const headers = {
      ...(type === null ? {} : { 'content-type': type }),
      ...(bytes === null ? {} : { 'content-length': bytes.length }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const request = ask(
      to,
      { method, ca: authority, minVersion: 'TLSv1.2', timeout: stillMs, headers, signal },
      (answer) => {
        const pieces: Buffer[] = [];
        let size = 0;
        answer.on('data', (piece: Buffer) => {
          size += piece.length;
          if (size > mostBytes) answer.destroy(new Error('The answer is too long'));
          else pieces.push(piece);
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, bytes: Buffer.concat(pieces) }));
        answer.on('error', away);
      },
    );
    request.on('timeout', () => request.destroy(new Error('Nothing moved')));
    request.on('error', away);
    request.end(bytes ?? undefined);
  });
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null; // Not our hub, or one that is broken.
  }
}
