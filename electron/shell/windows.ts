import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { officeAddress } from './office-address.ts';

/** Opens a window on the office. It sees nothing of this machine but its own page and one port. */
export async function openWindow(outFolder: string, address = officeAddress): Promise<void> {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 960,
    minHeight: 600,
    show: false,
    webPreferences: {
      preload: join(outFolder, 'preload', 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
    },
  });
  // Shown when painted, so that the desk never starts with a white flash.
  window.once('ready-to-show', () => window.show());
  await window.loadURL(address);
}

/** A second start brings the office that is already open to the front. */
export function showOpenWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
