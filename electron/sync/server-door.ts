import { createHash, X509Certificate } from 'node:crypto';
import type { ClientRequest } from 'node:http';
import { Agent, request as ask } from 'node:https';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type { z } from 'zod';
import { AppError, type Hash } from '#shared/kernel/public.ts';
import { packedJson, packJson } from '#shared/node/http/public.ts';
import type { Bucket } from '#shared/node/traffic/public.ts';
import { FaultSchema } from '#shared/sync/public.ts';

export type ServerAddress = Readonly<{
  url: string;
  /** The one authority its certificate must go back to, PEM. */
  authority: string;
}>;

/** What passes on a line: pieces of files wait for their turn, everything else only counts. */
export type Lanes = Readonly<{ up: Bucket; down: Bucket }>;

export type Door = Readonly<{
  /** Asks one thing; the answer is checked by its schema, a refusal is an `AppError` with the server's code. */
  post: <Schema extends z.ZodType>(
    path: string,
    body: unknown,
    gives: Schema,
    token?: string,
  ) => Promise<z.output<Schema>>;
  /** Brings one piece of a file. */
  put: <Schema extends z.ZodType>(
    path: string,
    bytes: Uint8Array,
    gives: Schema,
    token: string,
  ) => Promise<z.output<Schema>>;
  /** Fetches one piece of a file. */
  get: (path: string, token: string) => Promise<Uint8Array>;
}>;

/** How long nothing may move on a connection. */
const stillMs = 30_000;
const mostBytes = 64 * 1024 * 1024;
const unknownType = 415;

const unpack = promisify(zstdDecompress);

/** How much of a piece goes out at once where there is a limit. */
const sliceBytes = 16 * 1024;

/** Speaks with one server over TLS 1.2 or newer, believing nobody but its authority. */
export function openDoor({ url, authority }: ServerAddress, lanes: Lanes | null = null): Door {
  let packs = true;
  return doorOver(async (path, question) => {
    const ask = async (sending: Question): Promise<Carried> =>
      unpacked(await send(new URL(path, url), { ...sending, authority, lanes }));
    if (!packs || question.type !== 'application/json' || question.bytes === null) return ask(question);
    const answer = await ask({ ...question, type: packedJson, bytes: packJson(question.bytes) });
    if (answer.status !== unknownType) return answer;
    packs = false; // A server that knows other words, or none.
    return ask(question);
  });
}

/**
 * The same over a new connection for every question, resumed from none before: a server that answered this desk's session
 * cannot tell by it that the same desk asks.
 */
export function openDoorAside({ url, authority }: ServerAddress): Door {
  return doorOver(async (path, sending) => {
    const agent = new Agent({ keepAlive: false, maxCachedSessions: 0 });
    try {
      return await unpacked(await send(new URL(path, url), { ...sending, authority, lanes: null, agent }));
    } finally {
      agent.destroy();
    }
  });
}

/** The same over anything that carries a question there and its answer back. */
export function doorOver(carry: (path: string, sending: Question) => Promise<Carried>): Door {
  async function ask(path: string, sending: Question): Promise<Uint8Array> {
    const { status, bytes } = await carry(path, sending);
    if (status === 200) return bytes;
    const told = FaultSchema.safeParse(parsed(bytes));
    throw new AppError(told.success && isCode(told.data.code) ? told.data.code : 'sync.server-fault', {
      status,
    });
  }

  async function askJson<Schema extends z.ZodType>(
    path: string,
    sending: Question,
    gives: Schema,
  ): Promise<z.output<Schema>> {
    const read = gives.safeParse(parsed(await ask(path, sending)));
    if (!read.success) throw new AppError('sync.server-fault', { status: 200 });
    return read.data;
  }

  return {
    post: (path, body, gives, token) => {
      const bytes = Buffer.from(JSON.stringify(body ?? {}));
      return askJson(path, { method: 'POST', type: 'application/json', bytes, token, waits: false }, gives);
    },
    put: (path, bytes, gives, token) =>
      askJson(path, { method: 'PUT', type: 'application/octet-stream', bytes, token, waits: true }, gives),
    get: (path, token) => ask(path, { method: 'GET', type: null, bytes: null, token, waits: true }),
  };
}

export type Question = Readonly<{
  method: 'POST' | 'PUT' | 'GET';
  type: string | null;
  bytes: Uint8Array | null;
  token: string | undefined;
  /** A piece of a file: nobody is waiting for an answer at their screen. */
  waits: boolean;
}>;
type Sending = Question & Readonly<{ authority: string; lanes: Lanes | null; agent?: Agent }>;

export type Carried = Readonly<{ status: number; bytes: Uint8Array }>;

type Answer = Carried & Readonly<{ isPacked: boolean }>;

/** As it was before the server packed it, never longer than an answer may be. */
async function unpacked({ status, bytes, isPacked }: Answer): Promise<Carried> {
  if (!isPacked) return { status, bytes };
  try {
    return { status, bytes: await unpack(bytes, { maxOutputLength: mostBytes }) };
  } catch (cause) {
    throw new AppError('sync.server-fault', { status }, cause);
  }
}

function send(
  url: URL,
  { authority, method, type, bytes, token, waits, lanes, agent }: Sending,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const away = (cause: unknown) => reject(new AppError('sync.server-away', { host: url.host }, cause));
    const request = ask(
      url,
      {
        method,
        ca: authority,
        minVersion: 'TLSv1.2',
        timeout: stillMs,
        ...(agent === undefined ? {} : { agent }),
        headers: {
          'accept-encoding': 'zstd',
          ...(type === null ? {} : { 'content-type': type }),
          ...(bytes === null ? {} : { 'content-length': bytes.length }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      },
      (answer) => {
        const pieces: Buffer[] = [];
        let size = 0;
        answer.on('data', (piece: Buffer) => {
          size += piece.length;
          if (!waits) lanes?.down.spend(piece.length);
          else if (lanes !== null) {
            // Nothing more is taken from the line before this much may have come.
            answer.pause();
            void lanes.down.take(piece.length).then(() => answer.resume());
          }
          if (size > mostBytes) answer.destroy(new Error('The answer is too long'));
          else pieces.push(piece);
        });
        answer.on('end', () => {
          const isPacked = answer.headers['content-encoding'] === 'zstd';
          resolve({ status: answer.statusCode ?? 0, bytes: Buffer.concat(pieces), isPacked });
        });
        answer.on('error', away);
      },
    );
    request.on('timeout', () => request.destroy(new Error('Nothing moved')));
    request.on('error', away);
    if (bytes === null) request.end();
    else if (waits && lanes !== null) writeSlowly(request, bytes, lanes.up).catch(away);
    else {
      lanes?.up.spend(bytes.length);
      request.end(bytes);
    }
  });
}

async function writeSlowly(request: ClientRequest, bytes: Uint8Array, up: Bucket): Promise<void> {
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    const slice = bytes.subarray(at, at + sliceBytes);
    await up.take(slice.length);
    if (request.destroyed) return;
    const hasRoom = request.write(slice);
    if (!hasRoom) await roomIn(request);
  }
  request.end();
}

/** Until the line takes more, or is gone. */
function roomIn(request: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      request.off('drain', done).off('close', done);
      resolve();
    };
    request.on('drain', done).on('close', done);
  });
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return null; // Not our server, or one that is broken.
  }
}

function isCode(code: string): code is `${string}.${string}` {
  return /^[a-z-]+\.[a-z-]+$/u.test(code);
}

/**
 * The authority behind a server that a desk sees for the first time, PEM: the certificate with the fingerprint that was
 * told beforehand. Anything else there is a stranger, and refused.
 */
export function meetServer(url: string, fingerprint: Hash): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect(
      {
        host: hostname,
        port: Number(port || 443),
        rejectUnauthorized: false,
        minVersion: 'TLSv1.2',
        timeout: stillMs,
      },
      () => {
        const found = chainOf(socket).find(
          (raw) => createHash('sha256').update(raw).digest('hex') === fingerprint,
        );
        socket.destroy();
        if (found === undefined) reject(new AppError('sync.stranger', { host: hostname }));
        else resolve(new X509Certificate(found).toString());
      },
    );
    socket.on('timeout', () => socket.destroy(new Error('No answer')));
    socket.on('error', (cause) => reject(new AppError('sync.server-away', { host: hostname }, cause)));
  });
}

function chainOf(socket: TLSSocket): readonly Buffer[] {
  const chain: Buffer[] = [];
  let one: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (one?.raw !== undefined && !chain.some((known) => known.equals(one?.raw ?? known))) {
    chain.push(one.raw);
    one = one.issuerCertificate;
  }
  return chain;
}
