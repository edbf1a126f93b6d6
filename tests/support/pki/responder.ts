import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InstantSchema, instantFrom, type Instant } from '#shared/kernel/public.ts';
import { type OcspService, answerOcsp, issueCrl, refuseOcsp } from '#shared/node/pdf-signing/public.ts';
import { child, der, readDer, tag } from '#shared/node/pdf-signing/cms/der.ts';
import { officePki, serialOf, today, type OfficePki } from './office-pki.ts';

/** What the responder does wrong when it is told to. */
export type ResponderFault =
  | 'stale'
  | 'wrong-signer'
  | 'unauthorised-signer'
  | 'revocable-signer'
  | 'unknown'
  | 'replayed-nonce'
  | 'no-nonce'
  | 'wrong-serial'
  | 'try-later'
  | 'oversized'
  | 'rubbish'
  | 'silent';

export type LoopbackResponder = Readonly<{
  pki: OfficePki;
  /** From now on answers go wrong in this way; null heals them. */
  break: (service: 'ocsp' | 'crl', fault: ResponderFault | null) => void;
  /** What was asked, as `issuing/ocsp`. */
  asked: readonly string[];
  close: () => Promise<void>;
}>;

const longAgo = InstantSchema.parse('2026-01-02T00:00:00.000Z');
const soonAfter = InstantSchema.parse('2026-01-03T00:00:00.000Z');

/** Serves OCSP and revocation lists of a fresh infrastructure on 127.0.0.1, for both of its levels. */
export async function startResponder(now: () => Instant = () => today): Promise<LoopbackResponder> {
  const faults = new Map<string, ResponderFault>();
  const asked: string[] = [];
  let pki: OfficePki | null = null;
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const path = (request.url ?? '').slice(1);
      asked.push(path);
      const service = path.endsWith('/ocsp') ? 'ocsp' : 'crl';
      const fault = faults.get(service) ?? null;
      if (pki === null || fault === 'silent') {
        response.destroy();
        return;
      }
      const level = path.startsWith('root/') ? 'root' : 'issuing';
      const answer =
        service === 'ocsp'
          ? ocspAnswer(pki, { level, body, fault, at: now() })
          : crlAnswer(pki, { level, fault, at: now() });
      response.end(answer);
    });
  });
  const port = await listen(server);
  pki = officePki(`http://127.0.0.1:${port}`);
  return {
    pki,
    asked,
    break: (service, fault) => {
      if (fault === null) faults.delete(service);
      else faults.set(service, fault);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

type Level = 'root' | 'issuing';
type Answering = Readonly<{ level: Level; fault: ResponderFault | null; at?: Instant }>;

/** The answer a sound or a broken responder gives. */
export function ocspAnswer(
  pki: OfficePki,
  { level, body, fault, at = today }: Answering & Readonly<{ body: Uint8Array }>,
): Uint8Array {
  if (fault === 'try-later') return refuseOcsp(3);
  if (fault === 'oversized') return Buffer.alloc(3 * 1024 * 1024, 0x30);
  if (fault === 'rubbish') return Buffer.from('<html>');
  return answerOcsp(requestUnder(body, fault), serviceOf(pki, { level, fault, at }));
}

function serviceOf(pki: OfficePki, { level, fault, at = today }: Answering): OcspService {
  const everyone = [pki.issuing, pki.leader, pki.seal, pki.officerOnP256, pki.sealOnP384, pki.revoked];
  const issued = new Set([...everyone, pki.expired, pki.notYet, pki.timeStamper].map(serialOf));
  const broken = {
    'wrong-signer': pki.foreign,
    'unauthorised-signer': pki.leader,
    'revocable-signer': pki.revocableResponder,
  };
  const sound = level === 'root' ? pki.rootResponder : pki.responder;
  const isBroken =
    fault === 'wrong-signer' || fault === 'unauthorised-signer' || fault === 'revocable-signer';
  const responder = isBroken ? broken[fault] : sound;
  return {
    ca: level === 'root' ? pki.root : pki.issuing,
    responder,
    revoked: level === 'root' || fault === 'unknown' ? [] : pki.revocations,
    isIssued: (serial) => fault === 'wrong-serial' || (fault !== 'unknown' && issued.has(serial)),
    at: fault === 'stale' ? longAgo : at,
    nextUpdate: fault === 'stale' ? soonAfter : dayAfter(at),
  };
}

/** A responder that replays or mixes up is one that answers another request. */
function requestUnder(body: Uint8Array, fault: ResponderFault | null): Uint8Array {
  if (fault !== 'replayed-nonce' && fault !== 'no-nonce' && fault !== 'wrong-serial') return body;
  const tbs = child(readDer(body), 0);
  const [list, nonce] = tbs.children.map(({ whole }) => Buffer.from(whole));
  // The last byte of the list is the serial number's, that of the extensions the nonce's.
  const changed = fault === 'wrong-serial' ? list : nonce;
  if (changed !== undefined) changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  const parts = fault === 'no-nonce' ? [list] : [list, nonce];
  return der(tag.sequence, der(tag.sequence, ...parts.filter((part) => part !== undefined)));
}

function crlAnswer(pki: OfficePki, { level, fault, at = today }: Answering): Uint8Array {
  if (fault === 'oversized' || fault === 'rubbish') return Buffer.alloc(1024, 0x30);
  const own = level === 'root' ? pki.root : pki.issuing;
  return issueCrl({
    ca: fault === 'wrong-signer' ? { ...own, privateKey: pki.leader.privateKey } : own,
    revoked: level === 'root' ? [] : pki.revocations,
    number: 7,
    at: fault === 'stale' ? longAgo : at,
    nextUpdate: fault === 'stale' ? soonAfter : dayAfter(at),
  });
}

function dayAfter(at: Instant): Instant {
  return instantFrom(Date.parse(at) + 86_400_000);
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
