import { join } from 'node:path';
import { app, BrowserWindow, dialog, session } from 'electron';
import { openBridge } from './bridge.ts';
import { chooseFolder } from './choose-folder.ts';
import { startCore, type CoreProcess } from './core-process.ts';
import { setMenu } from './menu.ts';
import { pinToOffice } from './navigation.ts';
import { declareOfficeScheme, serveOfficeScheme } from './office-scheme.ts';
import { lockSession } from './permissions.ts';
import { openWindow, showOpenWindow } from './windows.ts';
import { say } from './words.ts';

// In a meeting machines of one network find each other by their addresses, also where none answers by a name.
const byAddress = 'WebRtcHideLocalIpsWithMdns';
const quiet = ['disable-background-networking', 'disable-component-update', 'no-pings'] as const;

/** Opens the office's windows around the core. `outFolder` holds the built `main`, `preload` and `renderer`. */
export async function startShell(outFolder: string): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  for (const flag of quiet) app.commandLine.appendSwitch(flag);
  app.commandLine.appendSwitch('disable-features', byAddress);
  declareOfficeScheme();
  app.on('second-instance', showOpenWindow);
  app.on('web-contents-created', (_event, contents) => {
    pinToOffice(contents, (address) => void openWindow(outFolder, address));
  });
  await app.whenReady();

  lockSession(session.defaultSession);
  serveOfficeScheme(join(outFolder, 'renderer'));
  const core = startCore({ outFolder, onLost: giveUp });
  openBridge('antin:connect', core.connect);
  openBridge('antin:choose-folder', (port, event) => {
    // Where no dialog can be shown, the path is typed.
    chooseFolder(port, event).catch(() => {
      port.close();
    });
  });
  setMenu(() => void openWindow(outFolder));
  closeTogether(core, outFolder);
  await openWindow(outFolder);
}

/** Says that the window cannot be opened, instead of leaving an icon that does nothing. */
export function refuseToStart(cause: unknown): void {
  const detail = cause instanceof Error ? cause.message : String(cause);
  dialog.showErrorBox(say('shell.not-started.title'), `${say('shell.not-started.text')}\n\n${detail}`);
  app.exit(70);
}

function closeTogether(core: CoreProcess, outFolder: string): void {
  app.on('will-quit', core.stop);
  app.on('window-all-closed', () => {
    // On a Mac an app without windows stays in the Dock.
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void openWindow(outFolder);
  });
}

/** Every acknowledged act is on the disk, so starting afresh loses nothing but what was being typed. */
function giveUp(): void {
  dialog.showErrorBox(say('shell.core-lost.title'), say('shell.core-lost.text'));
  app.relaunch();
  app.exit(70);
}
