import { openAsBlob } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import { AppError } from '#shared/kernel/public.ts';
import type { S3Address } from './s3-address.ts';

/** How long the store may take, and how often it is asked again. */
export type S3Patience = Readonly<{
  answerMs: number;
  /** The slowest line a file is still sent over. */
  leastBytesPerSecond: number;
  tries: number;
  firstWaitMs: number;
}>;

export const usualS3Patience: S3Patience = {
  answerMs: 20_000,
  leastBytesPerSecond: 64 * 1024,
  tries: 5,
  firstWaitMs: 200,
};

export type S3Ask = Readonly<{
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  url: URL;
  headers?: Readonly<Record<string, string>>;
  /** A file to send, with the SHA-256 of its bytes: the store refuses others. */
  file?: Readonly<{ path: string; size: number; sha256: string }>;
}>;

export type S3Answer = Readonly<{ status: number; headers: Headers; bytes: Buffer }>;

type Unanswered = Readonly<{ cause: unknown }>;

/** Asks a store one thing and has the whole answer; null for what is not there. */
export type S3Door = (ask: S3Ask) => Promise<S3Answer | null>;

const mostWaitMs = 10_000;
const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * Every question is signed (AWS Signature 4), has its time, and is asked again with growing pauses while the store is
 * out of reach, overloaded or cut off in the middle. A refusal is told at once: asking again does not change it.
 */
export function openS3Door(
  { keys, region, bucketUrl }: S3Address,
  patience: S3Patience = usualS3Patience,
): S3Door {
  const client = new AwsClient({ ...keys, region, service: 's3', retries: 0 });

  async function once({ method, url, headers = {}, file }: S3Ask): Promise<S3Answer | Unanswered> {
    const request = await client.sign(url.href, {
      method,
      headers: { ...headers, 'x-amz-content-sha256': file?.sha256 ?? emptySha256 },
      ...(file === undefined ? {} : { body: await openAsBlob(file.path) }),
    });
    const sendingMs = ((file?.size ?? 0) * 1000) / patience.leastBytesPerSecond;
    const signal = AbortSignal.timeout(Math.ceil(patience.answerMs + sendingMs));
    try {
      const answer = await fetch(request, { signal, redirect: 'manual' });
      const bytes = Buffer.from(await answer.arrayBuffer());
      return { status: answer.status, headers: answer.headers, bytes };
    } catch (cause) {
      return { cause }; // Not reached, silent for too long, or cut off before the end.
    }
  }

  return async (ask) => {
    for (let tries = 1; ; tries += 1) {
      const answer = await once(ask);
      if (!('cause' in answer) && !isPassing(answer)) return settled(answer);
      if (tries === patience.tries) throw new AppError('server.blobs-away', { host: bucketUrl.host }, answer);
      const pause = Math.min(mostWaitMs, patience.firstWaitMs * 2 ** (tries - 1));
      await wait(pause / 2 + (Math.random() * pause) / 2);
    }
  };
}

/** Overloaded, broken or too slow for now (S3 says 503 SlowDown; others 429). */
function isPassing({ status, bytes }: S3Answer): boolean {
  if (status >= 500 || status === 429 || status === 408) return true;
  return status === 400 && codeIn(bytes) === 'RequestTimeout';
}

function settled(answer: S3Answer): S3Answer | null {
  const { status, bytes } = answer;
  if (status >= 200 && status < 300) return answer;
  if (status === 404 && codeIn(bytes) !== 'NoSuchBucket') return null;
  throw new AppError('server.blobs-refused', { code: codeIn(bytes) ?? String(status) });
}

function codeIn(bytes: Buffer): string | null {
  return /<Code>(?<code>\w{1,60})<\/Code>/u.exec(bytes.toString('utf8'))?.groups?.['code'] ?? null;
}
