import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker, type MessagePort } from 'node:worker_threads';
import { recorded } from './recorded.ts';

type Listener = Parameters<EventEmitter['on']>[1];
type Handler = (...args: unknown[]) => unknown;

const events = { app: new EventEmitter(), ipcMain: new EventEmitter() };

type Frame = { url: string; top: Frame };

/** A top frame is its own top. */
export function topFrame(url: string): Frame {
  const frame = { url };
  return Object.assign(frame, { top: frame as Frame });
}

/** What a scenario takes hold of: the ends of the wires that Electron itself would pull. */
export const wires = {
  events,
  handlers: new Map<string, Handler>(),
  windows: [] as WindowDouble[],
  workers: [] as Worker[],
  hasLock: true,
  /** The folders the person points at, one dialog after the other; they turn away from the next. */
  pointedAt: ['/mnt/ổ dự phòng'],
  officeFrame: topFrame('app://antin/'),
};

export const app = recorded('app', {
  isPackaged: true,
  on: (event: string, listener: Listener) => void events.app.on(event, listener),
  whenReady: () => Promise.resolve(),
  requestSingleInstanceLock: () => wires.hasLock,
  enableSandbox: () => undefined,
  quit: () => void events.app.emit('will-quit'),
  exit: () => undefined,
  relaunch: () => undefined,
  commandLine: recorded('app.commandLine', { appendSwitch: () => undefined }),
});

export const protocol = recorded('protocol', {
  registerSchemesAsPrivileged: () => undefined,
  handle: (scheme: string, handler: Handler) => void wires.handlers.set(`protocol:${scheme}`, handler),
});

export const ipcMain = recorded('ipcMain', {
  on: (channel: string, listener: Listener) => void events.ipcMain.on(channel, listener),
});

const keep = (name: string) => (handler: Handler) => void wires.handlers.set(name, handler);

/** The preload's side: what it posts arrives in the main process as sent by the office's own top frame. */
export const ipcRenderer = recorded('ipcRenderer', {
  postMessage: (channel: string, _message: unknown, ports: readonly MessagePort[]) => {
    events.ipcMain.emit(channel, { ports, senderFrame: wires.officeFrame });
  },
});

export const shell = recorded('shell', { openExternal: () => Promise.resolve() });

export const session = recorded('session', {
  defaultSession: recorded('session.defaultSession', {
    setPermissionRequestHandler: keep('permissionRequest'),
    setPermissionCheckHandler: keep('permissionCheck'),
    setDevicePermissionHandler: keep('devicePermission'),
    setSpellCheckerEnabled: () => undefined,
    webRequest: recorded('session.defaultSession.webRequest', { onBeforeRequest: keep('request') }),
  }),
});

export const dialog = recorded('dialog', {
  showErrorBox: () => undefined,
  // Somebody who agrees to one address and to no other.
  showMessageBox: ({ detail }: Readonly<{ detail: string }>) =>
    Promise.resolve({ response: detail.startsWith('https://hop.example.vn/') ? 1 : 0 }),
  showOpenDialog: () => {
    const path = wires.pointedAt.shift();
    return Promise.resolve({ canceled: path === undefined, filePaths: path === undefined ? [] : [path] });
  },
});

export const Menu = recorded('Menu', {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: () => undefined,
});

/** The core as a thread: the only place in Node where a real port can be handed over, as Electron does. */
export const utilityProcess = recorded('utilityProcess', {
  fork: (path: string) => {
    const bootstrap = fileURLToPath(new URL('core-thread.mjs', import.meta.url));
    const worker = new Worker(bootstrap, { workerData: { path } });
    wires.workers.push(worker);
    return recorded('core', {
      on: (event: string, listener: Listener) => void worker.on(event, listener),
      postMessage: (message: unknown, ports: readonly MessagePort[]) => {
        worker.postMessage({ message, ports }, ports);
      },
      kill: () => void worker.terminate(),
    });
  },
});

type WindowDouble = Readonly<{
  options: unknown;
  contents: EventEmitter;
  openHandler: () => Handler | undefined;
}>;

/** A window that loads nothing: its settings are what is looked at. */
export const BrowserWindow = recorded(
  'BrowserWindow',
  Object.assign(
    function (options: unknown) {
      const contents = new EventEmitter();
      let openHandler: Handler | undefined;
      wires.windows.push({ options, contents, openHandler: () => openHandler });
      const webContents = recorded('webContents', {
        on: (event: string, listener: Listener) => void contents.on(event, listener),
        setWindowOpenHandler: (handler: Handler) => {
          openHandler = handler;
        },
      });
      events.app.emit('web-contents-created', {}, webContents);
      const own = {
        once: () => undefined,
        loadURL: () => Promise.resolve(),
        show: () => undefined,
        focus: () => undefined,
      };
      return recorded('window', { ...own, isMinimized: () => false, webContents });
    },
    { getAllWindows: () => [] as readonly unknown[], fromWebContents: () => null },
  ),
);
