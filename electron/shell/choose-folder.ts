import { BrowserWindow, dialog, type IpcMainEvent, type MessagePortMain } from 'electron';
import { say } from './words.ts';

/** Lets the person point at a folder in the system's own dialog. The page is told its path, or null, and sees nothing of the disk. */
export async function chooseFolder(port: MessagePortMain, { sender }: IpcMainEvent): Promise<void> {
  const options = {
    title: say('shell.choose-folder.title'),
    buttonLabel: say('shell.choose-folder.do'),
    properties: ['openDirectory' as const, 'createDirectory' as const],
  };
  const window = BrowserWindow.fromWebContents(sender);
  const { canceled, filePaths } =
    window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  port.postMessage(canceled ? null : (filePaths[0] ?? null));
}
