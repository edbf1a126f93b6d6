import { ipcRenderer } from 'electron';

const connect = 'antin:connect';

// The page makes a channel and posts one end to itself; this passes it on. No function of Electron reaches the page.
window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== connect || event.ports.length !== 1) return;
  ipcRenderer.postMessage(connect, null, [...event.ports]);
});
