import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** What goes wrong at the axis, as often as it is said. */
export type AxisFaults = {
  /** Answers 500 to so many calls of a path. */
  broken: Map<string, number>;
  /** Says nothing to so many calls of a path. */
  mute: Map<string, number>;
  /** Breaks off in the middle of so many answers of a path. */
  cut: Map<string, number>;
  /** Lists what was taken already once more, and everything in another order. */
  forgets: boolean;
};

export type AxisStandIn = Readonly<{
  url: string;
  faults: AxisFaults;
  /** Believes no token any more that it gave. */
  expire: () => void;
  /** How often a path was called. */
  calls: (path: string) => number;
  /** Puts a message into a mailbox as another system would. */
  put: (to: string, type: 'edoc' | 'status', bytes: Uint8Array) => string;
  statusOf: (docId: string) => string | null;
  close: () => Promise<void>;
}>;

export type Member = Readonly<{ systemId: string; secret: string; codes: readonly string[] }>;

type Boxed = { docId: string; to: string; type: string; bytes: Buffer; status: string | null };

/**
 * An axis as the public samples of VXP and of provincial ones describe it, written for the tests and knowing nothing of ours: it
 * reads the recipients out of the message, gives tokens that end, and has faults of its own.
 */
export async function standInAxis(members: readonly Member[]): Promise<AxisStandIn> {
  const boxes: Boxed[] = [];
  const tokens = new Map<string, Member>();
  const counts = new Map<string, number>();
  const faults: AxisFaults = { broken: new Map(), mute: new Map(), cut: new Map(), forgets: false };

  function put(to: string, type: string, bytes: Uint8Array): string {
    const docId = randomBytes(8).toString('hex');
    boxes.push({ docId, to, type, bytes: Buffer.from(bytes), status: null });
    return docId;
  }

  function answerTo(path: string, asking: Member, body: Buffer, request: IncomingMessage): object | Buffer {
    if (path === '/sendEdoc') {
      const { fields, file } = formIn(body, request.headers['content-type'] ?? '');
      const hash = createHash('sha256').update(file).digest('hex');
      const isWhole = hash === request.headers['contentsha256'];
      if (!isWhole || fields.get('servicetype') !== 'eDoc') return { code: 18 };
      if (!asking.codes.includes(fields.get('from') ?? '')) return { code: 15 };
      const recipients = recipientsIn(file.toString('utf8'));
      if (recipients.length === 0) return { code: 20 };
      for (const to of recipients) put(to, fields.get('messagetype') ?? '', file);
      return { code: 0 };
    }
    const asked = z.record(z.string(), z.string()).parse(JSON.parse(body.toString('utf8')));
    if (path === '/getReceivedEdocList') {
      const mine = boxes.filter(
        ({ to, type, status }) =>
          asking.codes.includes(to) &&
          type === asked['messagetype'] &&
          (status === null || (faults.forgets && status === 'done')),
      );
      const listed = faults.forgets ? [...mine, ...mine].toReversed() : mine;
      return { code: 0, data: listed.map(({ docId, to }) => ({ docId, to, serviceType: 'eDoc' })) };
    }
    const box = boxes.find(({ docId, to }) => docId === asked['docId'] && asking.codes.includes(to));
    if (box === undefined) return { code: 21 };
    if (path === '/getEdoc') return box.bytes;
    box.status = asked['status'] ?? null;
    return { code: 0 };
  }

  async function serve(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    counts.set(path, (counts.get(path) ?? 0) + 1);
    if (isDue(faults.mute, path)) return;
    if (isDue(faults.broken, path)) {
      reply.writeHead(500).end('<html>Internal Server Error</html>');
      return;
    }
    if (path === '/login') {
      const { systemId, secret } = z
        .object({ systemId: z.string(), secret: z.string() })
        .parse(JSON.parse(body.toString('utf8')));
      const member = members.find((one) => one.systemId === systemId && one.secret === secret);
      const token = randomBytes(16).toString('hex');
      if (member !== undefined) tokens.set(token, member);
      reply.writeHead(member === undefined ? 401 : 200).end(JSON.stringify({ token }));
      return;
    }
    const asking = speaker(request);
    if (asking === undefined) {
      reply.writeHead(401).end(JSON.stringify({ code: 15 }));
      return;
    }
    const answer = answerTo(path, asking, body, request);
    const bytes = Buffer.isBuffer(answer) ? answer : Buffer.from(JSON.stringify(answer));
    reply.writeHead(200, { 'content-length': bytes.length });
    if (isDue(faults.cut, path)) reply.write(bytes.subarray(0, bytes.length / 2), () => reply.destroy());
    else reply.end(bytes);
  }

  function speaker({ headers }: IncomingMessage): Member | undefined {
    const token = /^Bearer (?<token>.+)$/u.exec(headers.authorization ?? '')?.groups?.['token'];
    if (token !== undefined) return tokens.get(token);
    return members.find(
      ({ systemId, secret }) => headers['x-systemid'] === systemId && headers['x-secretkey'] === secret,
    );
  }

  const server = createServer((request, reply) => {
    serve(request, reply).catch(() => reply.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    expire: () => {
      tokens.clear();
    },
    calls: (path) => counts.get(path) ?? 0,
    put,
    statusOf: (docId) => boxes.find((one) => one.docId === docId)?.status ?? null,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function isDue(faults: Map<string, number>, path: string): boolean {
  const left = faults.get(path) ?? 0;
  if (left > 0) faults.set(path, left - 1);
  return left > 0;
}

/** The codes a message is for, read as plainly as can be. */
function recipientsIn(text: string): readonly string[] {
  return [...text.matchAll(/<edXML:To>\s*<edXML:OrganId>([^<]+)</gu)].map(([, code]) => code ?? '');
}

function formIn(body: Buffer, type: string): Readonly<{ fields: Map<string, string>; file: Buffer }> {
  const boundary = Buffer.from(`--${/boundary=(.+)$/u.exec(type)?.[1] ?? ''}`);
  const fields = new Map<string, string>();
  let file = Buffer.alloc(0);
  for (let at = body.indexOf(boundary); ;) {
    const next = body.indexOf(boundary, at + boundary.length);
    if (next < 0) return { fields, file };
    const part = body.subarray(at + boundary.length + 2, next - 2);
    const end = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, end).toString('utf8');
    const content = part.subarray(end + 4);
    const name = /name="([^"]+)"/u.exec(head)?.[1] ?? '';
    if (head.includes('filename=')) file = Buffer.from(content);
    else fields.set(name, content.toString('utf8'));
    at = next;
  }
}
