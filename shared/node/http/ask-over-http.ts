import { request as askPlain, type IncomingMessage } from 'node:http';
import { request as askSecure } from 'node:https';
import { AppError } from '../../kernel/public.ts';
import type { Ask } from '../pdf-signing/public.ts';

export type HttpLimits = Readonly<{
  /** For the whole answer, redirects included. */
  timeoutMs?: number;
  maxReplyBytes?: number;
  /** Revocation lists, which are fetched and not asked for, may be longer. */
  maxListBytes?: number;
}>;

const mebibyte = 1024 * 1024;
const maxRedirects = 3;
const redirects: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/** Asks services of trust over HTTP or HTTPS, straight and without a proxy, within a time and a length. */
export function askOverHttp(limits: HttpLimits = {}): Ask {
  const { timeoutMs = 20_000, maxReplyBytes = mebibyte, maxListBytes = 32 * mebibyte } = limits;
  return async (request) => {
    let url = addressOf(request.url);
    const { host } = url;
    const signal = AbortSignal.timeout(timeoutMs);
    const maxBytes = request.body.length === 0 ? maxListBytes : maxReplyBytes;
    try {
      for (let turn = 0; turn <= maxRedirects; turn++) {
        const answer = await send(url, { ...request, signal });
        const status = answer.statusCode ?? 0;
        if (status === 200) return await bodyOf(answer, { maxBytes, host });
        answer.destroy();
        if (!redirects.has(status)) throw new AppError('signing.service-refused', { host, status });
        url = nextAddress(url, answer.headers.location);
      }
      throw new AppError('signing.service-moved', { host });
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (signal.aborted) {
        throw new AppError('signing.service-silent', { host, seconds: Math.ceil(timeoutMs / 1000) }, error);
      }
      throw new AppError('signing.service-unreachable', { host }, error);
    }
  };
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === null || !isPlain || url.username !== '' || url.password !== '') {
    throw new AppError('signing.service-address', { url: text.slice(0, 200) });
  }
  return url;
}

/** Where the service has moved to on its own host; a question never goes to another one, nor from TLS to none. */
function nextAddress(from: URL, location: string | undefined): URL {
  const next = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : null;
  const isAllowed =
    next !== null &&
    next.hostname === from.hostname &&
    (next.protocol === from.protocol || next.protocol === 'https:') &&
    (next.protocol !== from.protocol || next.port === from.port);
  if (!isAllowed) throw new AppError('signing.service-moved', { host: from.host });
  return next;
}

type Sending = Parameters<Ask>[0] & Readonly<{ signal: AbortSignal }>;

function send(url: URL, { contentType, accept, body, signal }: Sending): Promise<IncomingMessage> {
  const start = url.protocol === 'https:' ? askSecure : askPlain;
  const isGet = body.length === 0;
  return new Promise((resolve, reject) => {
    const sent = isGet ? {} : { 'content-type': contentType, 'content-length': body.length };
    const options = { method: isGet ? 'GET' : 'POST', headers: { accept, ...sent }, signal, agent: false };
    start(url, options, resolve)
      .on('error', reject)
      .end(isGet ? undefined : body);
  });
}

async function bodyOf(
  answer: IncomingMessage,
  { maxBytes, host }: Readonly<{ maxBytes: number; host: string }>,
): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer) {
    // A response without an encoding set gives buffers.
    parts.push(part as Buffer);
    length += (part as Buffer).length;
    if (length > maxBytes) throw new AppError('signing.service-reply-too-long', { host });
  }
  return Buffer.concat(parts, length);
}
