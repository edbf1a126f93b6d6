import { ipcRenderer } from 'electron';

const channels = ['antin:connect', 'antin:choose-folder'] as const;

// The page makes a channel and posts one end to itself; this passes it on. No function of Electron reaches the page.
window.addEventListener('message', (event) => {
  const channel = channels.find((one) => one === event.data);
  if (event.source !== window || channel === undefined || event.ports.length !== 1) return;
  ipcRenderer.postMessage(channel, null, [...event.ports]);
});
