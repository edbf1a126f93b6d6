/** The desktop window's own way to the core: one end of a channel, the other passed on by the preload script. */
export function corePort(): MessagePort | null {
  return location.protocol === 'app:' ? portTo('antin:connect') : null;
}

/** Has the person point at a folder in the system's own dialog; null in a browser, which has none that tells a path. */
export function folderChooser(): (() => Promise<string | null>) | null {
  return location.protocol === 'app:' ? askForFolder : null;
}

async function askForFolder(): Promise<string | null> {
  const port = portTo('antin:choose-folder');
  const told = await new Promise<unknown>((resolve) => {
    port.addEventListener('message', ({ data }) => {
      resolve(data);
    });
    // The shell refused.
    port.addEventListener('close', () => {
      resolve(null);
    });
  });
  port.close();
  return typeof told === 'string' ? told : null;
}

function portTo(channel: string): MessagePort {
  const { port1, port2 } = new MessageChannel();
  window.postMessage(channel, location.origin, [port2]);
  port1.start();
  return port1;
}
