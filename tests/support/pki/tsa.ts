import { createHash, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Instant } from '#shared/kernel/public.ts';
import { readCertificate } from '#shared/node/pdf-signing/public.ts';
import {
  child,
  der,
  derNull,
  derOid,
  derSetOf,
  derSmallInteger,
  derUnsigned,
  readDer,
  tag,
  type DerNode,
} from '#shared/node/pdf-signing/cms/der.ts';
import { oid } from '#shared/node/pdf-signing/cms/oids.ts';
import { algorithmOf } from '#shared/node/pdf-signing/pki/sign-der.ts';
import type { Stamper, TimeStampers } from './time-stampers.ts';

/** What the service does wrong when it is told to. */
export type TsaFault =
  | 'wrong-imprint'
  | 'sha1-imprint'
  | 'replayed-nonce'
  | 'no-nonce'
  | 'swapped-certificate'
  | 'without-certificate'
  | 'not-bound'
  | 'wrong-signature'
  | 'wrong-use'
  | 'use-not-critical'
  | 'two-uses'
  | 'expired'
  | 'weak-key'
  | 'sha1-digest'
  | 'wrong-content-type'
  | 'two-signers'
  | 'no-such-moment'
  | 'unknown-critical-extension'
  | 'clock-ahead'
  | 'rejection'
  | 'rejection-with-token'
  | 'silent'
  | 'slow'
  | 'oversized'
  | 'endless'
  | 'error-page'
  | 'redirect-away'
  | 'redirect-home'
  | 'rubbish';

/** A refusal in the service's own words, with something unpleasant in them. */
export const refusalWords = 'Hết hạn mức\u202e\n trong ngày';

export type Tsa = Readonly<{
  url: string;
  /** From now on answers go wrong in this way; null heals them. */
  break: (fault: TsaFault | null) => void;
  asked: () => number;
  close: () => Promise<void>;
}>;

type Plan = Readonly<{ stampers: TimeStampers; signer: Stamper; now: () => Instant }>;

/** Serves RFC 3161 on 127.0.0.1 with one of the time-stampers' certificates. */
export async function startTsa(plan: Plan): Promise<Tsa> {
  let fault: TsaFault | null = null;
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    void bodyOf(request).then((body) => respond({ ...plan, fault, body, request, response }));
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/tsa`,
    break: (next) => {
      fault = next;
    },
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

type Exchange = Plan &
  Readonly<{
    fault: TsaFault | null;
    body: Uint8Array;
    request: IncomingMessage;
    response: ServerResponse;
  }>;

function respond(exchange: Exchange): void {
  const { fault, request, response } = exchange;
  if (fault === 'silent') response.destroy();
  else if (fault === 'slow') return;
  else if (fault === 'oversized') response.end(Buffer.alloc(2 * 1024 * 1024, 0x30));
  else if (fault === 'endless') {
    response.write(Buffer.alloc(2 * 1024 * 1024, 0x30)); // chunked: no length is told, and it never ends
  } else if (fault === 'error-page') response.writeHead(503).end('<html>');
  else if (fault === 'redirect-away') {
    response.writeHead(307, { location: 'http://tsa.example/tsa' }).end();
  } else if (fault === 'redirect-home' && request.url === '/tsa') {
    response.writeHead(307, { location: '/moved' }).end();
  } else {
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
    response.end(timestampReply(exchange));
  }
}

/** The reply a sound or a broken service gives. */
export function timestampReply(
  exchange: Plan & Readonly<{ fault: TsaFault | null; body: Uint8Array }>,
): Uint8Array {
  const { fault } = exchange;
  if (fault === 'rubbish') return Buffer.from('<html>');
  const token = (): Uint8Array => tokenFor(exchange);
  if (fault === 'rejection' || fault === 'rejection-with-token') {
    const words = der(tag.sequence, der(tag.utf8, Buffer.from(refusalWords)));
    const timeNotAvailable = der(tag.bitString, Uint8Array.of(1, 0, 2));
    const status = der(tag.sequence, derSmallInteger(2), words, timeNotAvailable);
    return der(tag.sequence, status, ...(fault === 'rejection' ? [] : [token()]));
  }
  return der(tag.sequence, der(tag.sequence, derSmallInteger(0)), token());
}

function tokenFor(exchange: Parameters<typeof timestampReply>[0]): Uint8Array {
  const { fault } = exchange;
  const request = readDer(exchange.body);
  const info = tstInfo({ request, now: exchange.now(), fault });
  const signer = signerUnder(exchange);
  const hash = fault === 'sha1-digest' ? 'sha1' : 'sha256';
  const attributes = derSetOf([
    attribute(oid.contentType, derOid(oid.tstInfo)),
    attribute(oid.messageDigest, der(tag.octetString, createHash(hash).update(info).digest())),
    ...(fault === 'not-bound' ? [] : [attribute(oid.signingCertificateV2, essOf(signer))]),
  ]);
  // A swap: the same key under another certificate, which the token does not name.
  const shown = fault === 'swapped-certificate' ? exchange.stampers.sameKey : signer;
  const certificate = readCertificate(shown.certificateDer);
  const signature = signed(
    attributes,
    fault === 'wrong-signature' ? exchange.stampers.wrongUse : signer,
    hash,
  );
  const signerInfo = der(
    tag.sequence,
    derSmallInteger(1),
    der(tag.sequence, certificate.issuerName, der(tag.integer, certificate.serial)),
    der(tag.sequence, derOid(oid[hash])),
    Buffer.concat([Uint8Array.of(0xa0), attributes.subarray(1)]),
    fault === 'sha1-digest'
      ? der(tag.sequence, derOid(oid.rsaEncryption), derNull)
      : algorithmOf(signer.privateKey),
    der(tag.octetString, signature),
  );
  const kind = fault === 'wrong-content-type' ? oid.data : oid.tstInfo;
  const wantsCertificate = request.children.at(-1)?.tag === tag.boolean && fault !== 'without-certificate';
  const carried = [shown.certificateDer, ...shown.chain];
  const signedData = der(
    tag.sequence,
    derSmallInteger(3),
    der(tag.set, der(tag.sequence, derOid(oid[hash]))),
    der(tag.sequence, derOid(kind), der(0xa0, der(tag.octetString, info))),
    ...(wantsCertificate ? [derSetOf(carried, 0xa0)] : []),
    der(tag.set, signerInfo, ...(fault === 'two-signers' ? [signerInfo] : [])),
  );
  return der(tag.sequence, derOid(oid.signedData), der(0xa0, signedData));
}

function signerUnder({ stampers, signer, fault }: Parameters<typeof timestampReply>[0]): Stamper {
  if (fault === 'wrong-use') return stampers.wrongUse;
  if (fault === 'use-not-critical') return stampers.useNotCritical;
  if (fault === 'two-uses') return stampers.twoUses;
  if (fault === 'expired') return stampers.expired;
  if (fault === 'weak-key') return stampers.weakKey;
  // The one whose key has a second certificate, and that names SHA-1 apart from its algorithm.
  return fault === 'swapped-certificate' || fault === 'sha1-digest' ? stampers.onRsa : signer;
}

function tstInfo({
  request,
  now,
  fault,
}: Readonly<{ request: DerNode; now: Instant; fault: TsaFault | null }>): Uint8Array {
  const imprint = child(request, 1, tag.sequence);
  const nonce = request.children.find((node, i) => i > 1 && node.tag === tag.integer);
  const unknown = der(
    tag.sequence,
    derOid('1.2.3.4'),
    Uint8Array.of(1, 1, 0xff),
    der(tag.octetString, derNull),
  );
  return der(
    tag.sequence,
    derSmallInteger(1),
    derOid('1.3.6.1.4.1.4146.2.3'),
    fault === 'sha1-imprint'
      ? imprintOf('sha1')
      : fault === 'wrong-imprint'
        ? imprintOf('sha256')
        : imprint.whole,
    derUnsigned(randomBytes(8)),
    der(tag.generalizedTime, Buffer.from(genTime(now, fault))),
    der(tag.sequence, derSmallInteger(1), der(0x80, Uint8Array.of(1, 0xf4)), der(0x81, Uint8Array.of(100))),
    ...(nonce === undefined || fault === 'no-nonce'
      ? []
      : [fault === 'replayed-nonce' ? derUnsigned(Uint8Array.of(7)) : nonce.whole]),
    ...(fault === 'unknown-critical-extension' ? [der(0xa1, unknown)] : []),
  );
}

function imprintOf(hash: 'sha1' | 'sha256'): Uint8Array {
  const digest = createHash(hash).update('something else').digest();
  return der(tag.sequence, der(tag.sequence, derOid(oid[hash]), derNull), der(tag.octetString, digest));
}

/** `20261123012000.25Z`: a fraction without zeros at its end, and none for a whole second. */
function genTime(now: Instant, fault: TsaFault | null): string {
  if (fault === 'no-such-moment') return '20261323012000Z';
  const at = fault === 'clock-ahead' ? new Date(Date.parse(now) + 7_200_000).toISOString() : now;
  const [whole = '', fraction = ''] = at.replaceAll(/[-:TZ]/g, '').split('.');
  const short = fraction.replace(/0+$/, '');
  return `${whole}${short === '' ? '' : `.${short}`}Z`;
}

function essOf({ certificateDer }: Stamper): Uint8Array {
  const hash = createHash('sha256').update(certificateDer).digest();
  return der(tag.sequence, der(tag.sequence, der(tag.sequence, der(tag.octetString, hash))));
}

function signed(attributes: Uint8Array, { privateKey }: Stamper, hash: string): Uint8Array {
  return sign(hash, attributes, { key: privateKey, dsaEncoding: 'der' });
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return der(tag.sequence, derOid(type), der(tag.set, value));
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  // What a request's body is made of.
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    // The address of a server that listens on TCP.
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
