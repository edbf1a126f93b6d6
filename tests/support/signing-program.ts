import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { instantFrom } from '#shared/kernel/public.ts';
import { signField, type SignerKey } from '#shared/node/pdf-signing/public.ts';

/** What the program does wrong when it is told to. */
export type ProgramFault =
  | 'declines'
  | 'hangs-up'
  | 'silent'
  | 'leaves-nothing'
  | 'rubbish'
  | 'wrong-certificate'
  | 'alters-the-page'
  | 'another-page'
  | 'signs-twice'
  | 'fetches-twice';

export type SigningProgram = Readonly<{
  address: string;
  /** From now on it goes wrong in this way; null heals it. */
  break: (fault: ProgramFault | null) => void;
  /** The actions it was asked for. */
  asked: readonly string[];
  /** What a second fetch of the same page was answered. */
  secondFetch: () => number | null;
  close: () => Promise<void>;
}>;

export type ProgramKeys = Readonly<{
  own: SignerKey;
  /** Somebody else's. */
  other: SignerKey;
}>;

/** A signing program on this machine in the manner of VGCASignService: its own keys, real signatures, and faults. */
export async function startSigningProgram(keys: ProgramKeys): Promise<SigningProgram> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const asked: string[] = [];
  const state: { fault: ProgramFault | null; second: number | null } = { fault: null, second: null };
  server.on('connection', (socket, request) => {
    asked.push((request.url ?? '').slice(1));
    socket.once('message', (data: Buffer) => {
      void serve(socket, JSON.parse(data.toString('utf8')) as Asked, { keys, state });
    });
  });
  return {
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    break: (fault) => {
      state.fault = fault;
    },
    secondFetch: () => state.second,
    close: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

type Asked = Readonly<{
  FileUploadHandler: string;
  FileName: string;
  MetaData: readonly Readonly<{ Key: string; Value: string }>[];
}>;
type Inside = Readonly<{
  keys: ProgramKeys;
  state: { fault: ProgramFault | null; second: number | null };
}>;

async function serve(socket: WebSocket, asked: Asked, { keys, state }: Inside): Promise<void> {
  const { fault } = state;
  if (fault === 'silent') return;
  if (fault === 'hangs-up') return socket.terminate();
  if (fault === 'declines') return say(socket, { Status: 12, Message: 'Người dùng\n hủy ký' });
  if (fault === 'rubbish') return socket.send('<html>');
  const page = new Uint8Array(await (await fetch(asked.FileName)).arrayBuffer());
  if (fault === 'fetches-twice') state.second = (await fetch(asked.FileName)).status;
  const field = asked.MetaData.find(({ Key: key }) => key === 'SignatureField')?.Value ?? '';
  if (fault !== 'leaves-nothing') {
    const form = new FormData();
    const signed = await signedPage(page, field, { keys, fault });
    form.set('uploadfile', new Blob([new Uint8Array(signed)], { type: 'application/pdf' }), 'signed.pdf');
    await fetch(asked.FileUploadHandler, { method: 'POST', body: form });
  }
  say(socket, { Status: 0, Message: '', FileName: 'signed.pdf', FileServer: '' });
}

type How = Readonly<{ keys: ProgramKeys; fault: ProgramFault | null }>;

async function signedPage(pdf: Uint8Array, field: string, { keys, fault }: How): Promise<Uint8Array> {
  const before = fault === 'alters-the-page' || fault === 'another-page' ? altered(pdf, fault) : pdf;
  const key = fault === 'wrong-certificate' ? keys.other : keys.own;
  const order = { key, signedAt: instantFrom(Date.now()), signerName: 'Chương trình ký', createField: true };
  const once = await signField({ ...order, pdf: before, field });
  return fault === 'signs-twice' ? signField({ ...order, pdf: once, field: 'seal' }) : once;
}

/** One digit of the page's size, or a comment in front of everything. */
function altered(pdf: Uint8Array, fault: ProgramFault): Uint8Array {
  const copy = Buffer.from(pdf);
  const at = copy.indexOf('/MediaBox') + '/MediaBox ['.length;
  if (fault === 'alters-the-page') copy.write(String.fromCodePoint((copy[at] ?? 0x30) ^ 1), at, 'latin1');
  else copy.write('%PDF-1.4', 0, 'latin1');
  return copy;
}

function say(socket: WebSocket, answer: object): void {
  socket.send(JSON.stringify(answer));
}
