import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { AppError } from '#shared/kernel/public.ts';
import { handOver } from './page-handover.ts';

/** What the program is asked to do; the path of its address says it. */
const actions = {
  leader: 'SignApproved',
  initials: 'SignApproved',
  seal: 'SignIssued',
  appendix: 'SignAppendix',
  copy: 'SignCopy',
} as const;
export type ServiceAction = keyof typeof actions;

export type ServiceTask = Readonly<{ action: ServiceAction; pdf: Uint8Array; name: string; field: string }>;

export type ServiceLimits = Readonly<{ timeoutMs?: number }>;

const usualAddress = 'wss://127.0.0.1:8987';
/** The person chooses a certificate and types a PIN in the program's own window. */
const usualPatienceMs = 5 * 60_000;
const lookMs = 300;

/** Where a signing program of this machine listens, in the manner of VGCASignService; another address by setting. */
export function serviceAddress(): URL {
  return loopback(process.env['ANTIN_SIGNING_SERVICE'] ?? usualAddress);
}

/** Whether such a program runs now. */
export function isServiceHere(): Promise<boolean> {
  const { hostname, port } = serviceAddress();
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const answer = (isHere: boolean): void => {
      socket.destroy();
      resolve(isHere);
    };
    socket.setTimeout(lookMs, () => answer(false));
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

const AnswerSchema = z.object({ Status: z.coerce.number(), Message: z.string().nullish() });

/**
 * Has the program sign a page: it fetches the page, asks for its own PIN, and leaves the signed page. What it leaves is
 * not believed here; whoever asked judges it.
 */
export async function signByService(
  { action, pdf, name, field }: ServiceTask,
  { timeoutMs = usualPatienceMs }: ServiceLimits = {},
): Promise<Uint8Array> {
  const page = await handOver(pdf, name);
  try {
    const asked = {
      FileUploadHandler: page.leaveUrl,
      SessionId: '',
      JWTToken: '',
      FileName: page.fetchUrl,
      DocNumber: '',
      IssuedDate: '',
      MetaData: [{ Key: 'SignatureField', Value: field }],
    };
    const { Status: status, Message: words } = await converse(actions[action], asked, timeoutMs);
    if (status !== 0) {
      throw new AppError('signing.service-declined', { words: oneLine(words ?? `${status}`) });
    }
    const left = page.left();
    if (left === null) throw new AppError('signing.service-left-nothing');
    return left;
  } finally {
    page.close();
  }
}

function converse(path: string, asked: object, timeoutMs: number): Promise<z.infer<typeof AnswerSchema>> {
  const address = new URL(path, serviceAddress());
  return new Promise((resolve, reject) => {
    // The program makes its own certificate. On this machine that proves nothing, and what it signs is judged by itself.
    const socket = new WebSocket(address, { rejectUnauthorized: false, maxPayload: 1024 * 1024 });
    const give = (why: AppError): void => {
      clearTimeout(patience);
      socket.terminate();
      reject(why);
    };
    const patience = setTimeout(() => {
      give(new AppError('signing.service-too-slow', { minutes: Math.ceil(timeoutMs / 60_000) }));
    }, timeoutMs);
    socket.once('open', () => socket.send(JSON.stringify(asked)));
    socket.once('error', (error) => give(new AppError('signing.service-not-here', {}, error)));
    socket.once('close', () => give(new AppError('signing.service-hung-up')));
    socket.once('message', (data: Buffer) => {
      clearTimeout(patience);
      socket.removeAllListeners('close');
      socket.close();
      const answer = answerIn(data);
      if (answer === null) reject(new AppError('signing.service-hung-up'));
      else resolve(answer);
    });
  });
}

function answerIn(data: Buffer): z.infer<typeof AnswerSchema> | null {
  try {
    const read = AnswerSchema.safeParse(JSON.parse(data.toString('utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** A document never leaves for another machine to be signed. */
function loopback(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isHere = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (url === null || !isHere || !/^wss?:$/u.test(url.protocol) || url.port === '') {
    throw new AppError('signing.service-elsewhere', { address: address.slice(0, 200) });
  }
  return url;
}

function oneLine(words: string): string {
  return words
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
