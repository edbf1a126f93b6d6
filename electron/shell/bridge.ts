import { ipcMain, type IpcMainEvent, type MessagePortMain } from 'electron';
import { isOfficeAddress } from './office-address.ts';

/** The only message a window can send to the shell: a port through which it will speak to the core. */
export const connectChannel = 'antin:connect';

/** Hands the port of every trusted window to the core, and refuses all others. */
export function openBridge(giveToCore: (port: MessagePortMain) => void): void {
  ipcMain.on(connectChannel, (event) => {
    const [port, ...more] = event.ports;
    if (port === undefined || more.length > 0) return;
    if (isTrusted(event)) giveToCore(port);
    else port.close();
  });
}

/** A window of ours speaks from its top frame and from our own address; a frame inside it is a stranger. */
function isTrusted({ senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame === senderFrame.top && isOfficeAddress(senderFrame.url);
}
