// Runs in a process of its own: loads the built shell on the double, plays a morning through it, prints what happened.
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { contract } from '#shared/contract.ts';
import { topFrame, wires } from './electron.ts';
import { calls } from './recorded.ts';

const folderChannel = 'antin:choose-folder';

const outFolder = process.argv[2] ?? '';
wires.hasLock = process.argv[3] !== 'second';
await import(pathToFileURL(join(outFolder, 'main', 'main.js')).href);
await settled();

const result = wires.hasLock ? await morning() : null;
process.stdout.write(`${JSON.stringify({ calls, result })}\n`);
for (const worker of wires.workers) await worker.terminate();

async function morning() {
  const signInAddress =
    'https://dinhdanh.example.vn/auth?response_type=code&code_challenge_method=S256&redirect_uri=http%3A%2F%2F127.0.0.1%3A40123%2F';
  const answer = wires.handlers.get('protocol:app');
  const page = await served('app://antin/');
  return {
    page,
    secondPage: await served('app://antin/van-ban-den'),
    outside: await served('app://antin/..%2f..%2fpackage.json'),
    elsewhere: await served('app://other/'),
    window: wires.windows[0]?.options,
    newWindow: wires.windows[0]?.openHandler()?.({ url: 'https://example.vn/' }),
    conferenceWindow: wires.windows[0]?.openHandler()?.({ url: 'https://hop.example.vn/phong-2' }),
    plainWindow: wires.windows[0]?.openHandler()?.({ url: 'http://hop.example.vn/phong-2' }),
    signInWindow: wires.windows[0]?.openHandler()?.({ url: signInAddress }),
    hallWindow: wires.windows[0]?.openHandler()?.({ url: 'app://antin/trinh-chieu/1' }),
    strayJourney: journey('https://example.vn/', true),
    frameJourney: journey('app://antin/', false),
    ownReload: journey('app://antin/', true),
    camera: permission('media'),
    strangersCamera: permission('media', 'https://example.vn/'),
    whereabouts: permission('geolocation'),
    clipboard: permission('clipboard-sanitized-write'),
    network: requested('https://example.vn/'),
    ownFile: requested('app://antin/assets/a.js'),
    trusted: await askThrough(throughPreload('own page')),
    otherPage: await askThrough(throughPreload('other page')),
    stranger: await askThrough(from(topFrame('https://example.vn/'))),
    innerFrame: await askThrough(from({ url: 'app://antin/', top: topFrame('app://antin/') })),
    folder: await folderThrough(throughPreload('own page', folderChannel)),
    noFolder: await folderThrough(throughPreload('own page', folderChannel)),
    strangersFolder: await folderThrough(from(topFrame('https://example.vn/'), folderChannel)),
    otherPagesFolder: await folderThrough(throughPreload('other page', folderChannel)),
    unknownChannel: await folderThrough(throughPreload('own page', 'antin:anything')),
  };

  async function served(url: string) {
    const response = (await answer?.(new Request(url))) as Response;
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  }
}

function journey(url: string, isMainFrame: boolean): 'stays' | 'goes' {
  let isStopped = false;
  const event = { url, isMainFrame, preventDefault: () => (isStopped = true) };
  wires.windows[0]?.contents.emit('will-frame-navigate', event);
  return isStopped ? 'stays' : 'goes';
}

function permission(name: string, requestingUrl = 'app://antin/'): boolean {
  let isGranted = false;
  const tell = (granted: boolean) => (isGranted = granted);
  wires.handlers.get('permissionRequest')?.(...([{}, name, tell, { requestingUrl }] as never[]));
  return isGranted;
}

function requested(url: string): 'lets through' | 'stops' {
  let isStopped = false;
  const tell = ({ cancel }: { cancel: boolean }) => (isStopped = cancel);
  wires.handlers.get('request')?.({ url }, tell);
  return isStopped ? 'stops' : 'lets through';
}

type Send = (port: MessagePort) => void;

/** As a frame would send it, past the preload. */
function from(senderFrame: unknown, channel = 'antin:connect'): Send {
  return (port) => void wires.events.ipcMain.emit(channel, { ports: [port], senderFrame });
}

/** As a page posts it to itself: the built preload passes it on, whatever window the page says it came from. */
function throughPreload(source: 'own page' | 'other page', channel = 'antin:connect'): Send {
  let listen: ((event: unknown) => void) | undefined;
  const page = {
    addEventListener: (_name: string, listener: (event: unknown) => void) => (listen = listener),
  };
  Object.assign(globalThis, { window: page });
  const path = join(outFolder, 'preload', 'preload.cjs');
  const require = createRequire(path);
  Reflect.deleteProperty(require.cache, path);
  require(path);
  return (port) => {
    const before = passedOn();
    listen?.({ source: source === 'own page' ? page : {}, data: channel, ports: [port] });
    if (passedOn() === before) port.close();
  };
}

function passedOn(): number {
  return calls.filter(({ name }) => name === 'ipcRenderer.postMessage').length;
}

/** Sends one end of a real channel, and waits to be told a folder through the other. */
async function folderThrough(send: Send): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const told = new Promise((done) => {
    port1.once('message', done);
    port1.once('close', () => done('refused'));
  });
  send(port2);
  const answer = await told;
  close(port1);
  return answer;
}

/** Sends one end of a real channel, and asks the core something through the other. */
async function askThrough(send: Send): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ port: port1 }));
  port1.start();
  send(port2);
  const refused = new Promise((done) => port1.once('close', () => done('refused')));
  const asked = client.session.agencies({}).catch((error: unknown) => `failed: ${String(error)}`);
  const answer = await Promise.race([refused, asked]);
  close(port1);
  return answer;
}

function close(port: MessagePort): void {
  port.removeAllListeners('close');
  port.close();
}

/** The shell starts without being awaited, as Electron demands. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((done) => setImmediate(done));
}
