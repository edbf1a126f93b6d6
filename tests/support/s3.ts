import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with one question; the next one is answered as it should be. */
export type S3Fault =
  | 'overloaded'
  | 'broken'
  | 'silent'
  | 'cut-before-answer'
  | 'cut-in-the-answer'
  | 'kept-then-cut'
  | 'wrong-etag'
  | 'spoilt-and-wrong-etag'
  | 'slow';

/** A strict S3 over loopback HTTP: it checks every signature and every body as S3 does, and can be made to fail. */
export type S3StandIn = Readonly<{
  endpoint: string;
  bucket: string;
  keys: Readonly<{ AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string }>;
  address: (prefix: string) => string;
  objects: Map<string, Buffer>;
  /** Faults for the next questions of a method, one each. */
  fail: (method: string, ...faults: readonly S3Fault[]) => void;
  /** From now on the listing shows what was there at this moment, as a store's may. */
  freezeListing: () => void;
  thawListing: () => void;
  asked: readonly string[];
  close: () => Promise<void>;
}>;

const region = 'hanoi-1';
const keyId = 'AKIAANTINTEST';
const secret = 'bí mật/+='.normalize('NFC').replaceAll(/[^\x20-\x7e]/gu, 'x');
const listingPage = 3;
const skewMs = 15 * 60_000;

export async function startS3(bucket = 'van-thu'): Promise<S3StandIn> {
  const objects = new Map<string, Buffer>();
  const faults = new Map<string, S3Fault[]>();
  const asked: string[] = [];
  let listed: ReadonlyMap<string, Buffer> | null = null;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? '';
    const url = new URL(request.url ?? '', `http://${request.headers.host ?? ''}`);
    asked.push(`${method} ${url.pathname}`);
    const body = await bodyOf(request);
    const not = whyNotSigned(request, url, body);
    if (not !== null) return fault(response, 403, not);
    const fails = faults.get(method)?.shift() ?? null;
    if (fails === 'silent') return;
    const status = fails === null ? undefined : statuses[fails];
    if (status !== undefined) return fault(response, status, 'SlowDown');
    if (fails === 'cut-before-answer') return void request.socket.destroy();
    if (fails === 'slow') await new Promise((soon) => setTimeout(soon, 200));
    keep(request, response, { url, body, fails });
  }

  type Keeping = Readonly<{ url: URL; body: Buffer; fails: S3Fault | null }>;

  function keep(request: IncomingMessage, response: ServerResponse, { url, body, fails }: Keeping): void {
    const { method = '' } = request;
    const [name, ...rest] = decodeURIComponent(url.pathname).slice(1).split('/');
    if (name !== bucket) return fault(response, 404, 'NoSuchBucket');
    const key = rest.join('/');
    if (key === '') return list(url, listed ?? objects, response);
    if (method === 'PUT') return put(key, body, { response, fails });
    if (method === 'DELETE') {
      objects.delete(key);
      return void response.writeHead(204).end();
    }
    return get(request, response, { bytes: objects.get(key), method, fails });
  }

  function put(
    key: string,
    body: Buffer,
    { response, fails }: Readonly<{ response: ServerResponse; fails: S3Fault | null }>,
  ): void {
    const kept = Buffer.from(body);
    if (fails === 'spoilt-and-wrong-etag') kept[30] = (kept[30] ?? 0) ^ 1;
    objects.set(key, kept);
    if (fails === 'kept-then-cut') return void response.socket?.destroy();
    const isWrong = fails === 'wrong-etag' || fails === 'spoilt-and-wrong-etag';
    const tag = isWrong ? '0'.repeat(32) : createHash('md5').update(body).digest('hex');
    response.writeHead(200, { etag: `"${tag}"` }).end();
  }

  const server: Server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    bucket,
    keys: { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret },
    address: (prefix) =>
      `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}?endpoint=${endpoint}&region=${region}`,
    objects,
    fail: (method, ...more) => void faults.set(method, [...(faults.get(method) ?? []), ...more]),
    freezeListing: () => {
      listed = new Map(objects);
    },
    thawListing: () => {
      listed = null;
    },
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

const statuses: Readonly<Partial<Record<S3Fault, number>>> = { overloaded: 503, broken: 500 };

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function fault(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
}

type Getting = Readonly<{ bytes: Buffer | undefined; method: string; fails: S3Fault | null }>;

function get(request: IncomingMessage, response: ServerResponse, { bytes, method, fails }: Getting): void {
  if (bytes === undefined) return fault(response, 404, 'NoSuchKey');
  const asked = /^bytes=(?<from>\d+)-(?<to>\d+)$/u.exec(request.headers.range ?? '')?.groups;
  const from = Number(asked?.['from'] ?? 0);
  const to = Math.min(bytes.length - 1, Number(asked?.['to'] ?? bytes.length - 1));
  if (from >= bytes.length) return fault(response, 416, 'InvalidRange');
  const part = bytes.subarray(from, to + 1);
  response.writeHead(asked === undefined ? 200 : 206, {
    'content-length': part.length,
    'content-range': `bytes ${from}-${to}/${bytes.length}`,
    etag: `"${createHash('md5').update(bytes).digest('hex')}"`,
  });
  if (method === 'HEAD') return void response.end();
  if (fails === 'cut-in-the-answer') {
    response.write(part.subarray(0, Math.floor(part.length / 2)), () => response.socket?.destroy());
    return;
  }
  response.end(part);
}

/** ListObjectsV2, a few keys a page. */
function list(url: URL, objects: ReadonlyMap<string, Buffer>, response: ServerResponse): void {
  if (url.searchParams.get('list-type') !== '2') return fault(response, 400, 'InvalidArgument');
  const prefix = url.searchParams.get('prefix') ?? '';
  const after = Buffer.from(url.searchParams.get('continuation-token') ?? '', 'base64').toString();
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted();
  const page = keys.slice(0, listingPage);
  const isMore = keys.length > page.length;
  const next = isMore
    ? `<NextContinuationToken>${Buffer.from(page.at(-1) ?? '').toString('base64')}</NextContinuationToken>`
    : '';
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<ListBucketResult><IsTruncated>${isMore}</IsTruncated>${contents}${next}</ListBucketResult>`);
}

/** AWS Signature 4, computed here from its description and by nobody's library; null when it fits. */
function whyNotSigned(request: IncomingMessage, url: URL, body: Buffer): string | null {
  const given =
    /^AWS4-HMAC-SHA256 Credential=(?<id>[^/]+)\/(?<day>\d{8})\/(?<region>[^/]+)\/s3\/aws4_request, SignedHeaders=(?<names>[^,]+), Signature=(?<signature>[0-9a-f]{64})$/u.exec(
      request.headers.authorization ?? '',
    )?.groups;
  if (given === undefined) return 'AccessDenied';
  if (given['id'] !== keyId) return 'InvalidAccessKeyId';
  if (given['region'] !== region) return 'AuthorizationHeaderMalformed';
  const header = (name: string) => String(request.headers[name] ?? '').trim();
  const names = (given['names'] ?? '').split(';');
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name))) {
    return 'AccessDenied';
  }
  const sum = createHash('sha256').update(body).digest('hex');
  if (header('x-amz-content-sha256') !== sum) return 'XAmzContentSHA256Mismatch';
  if (request.method === 'PUT' && Number(header('content-length')) !== body.length) return 'IncompleteBody';
  const date = header('x-amz-date');
  const atMs = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(Date.now() - atMs) < skewMs)) return 'RequestTimeTooSkewed';
  const query = [...url.searchParams]
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .toSorted()
    .join('&');
  const canonical = [
    request.method,
    url.pathname.split('/').map(decodeURIComponent).map(escaped).join('/'),
    query,
    ...names.map((name) => `${name}:${header(name)}`),
    '',
    names.join(';'),
    sum,
  ].join('\n');
  const day = given['day'] ?? '';
  const scope = `${day}/${region}/s3/aws4_request`;
  const hashed = createHash('sha256').update(canonical).digest('hex');
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hashed}`;
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(
    (before, part) => createHmac('sha256', before).update(part).digest(),
    `AWS4${secret}`,
  );
  const right = createHmac('sha256', key).update(text).digest();
  const isRight = timingSafeEqual(right, Buffer.from(given['signature'] ?? '', 'hex'));
  return isRight ? null : 'SignatureDoesNotMatch';
}

function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/gu,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
