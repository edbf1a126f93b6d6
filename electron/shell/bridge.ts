import { ipcMain, type IpcMainEvent, type MessagePortMain } from 'electron';
import { isOfficeAddress } from './office-address.ts';

/** What a window can send to the shell: a port through which it will speak to the core, or be told which folder was chosen. */
export type Channel = 'antin:connect' | 'antin:choose-folder';

/** Hands the port of every trusted window on, and refuses all others. */
export function openBridge(
  channel: Channel,
  give: (port: MessagePortMain, event: IpcMainEvent) => void,
): void {
  ipcMain.on(channel, (event) => {
    const [port, ...more] = event.ports;
    if (port === undefined || more.length > 0) return;
    if (isTrusted(event)) give(port, event);
    else port.close();
  });
}

/** A window of ours speaks from its top frame and from our own address; a frame inside it is a stranger. */
function isTrusted({ senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame === senderFrame.top && isOfficeAddress(senderFrame.url);
}
