declare global {
  // eslint-disable-next-line no-var -- a global declaration has no other form
  var antin: Readonly<{ connect: () => void }> | undefined;
}

/** The desktop window's own port to the core, handed over by the preload script; null in a browser. */
export async function corePort(): Promise<MessagePort | null> {
  const bridge = globalThis.antin;
  if (bridge === undefined) return null;
  return new Promise((resolve) => {
    const take = (event: MessageEvent): void => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== 'antin:port' || port === undefined) return;
      removeEventListener('message', take);
      port.start();
      resolve(port);
    };
    addEventListener('message', take);
    bridge.connect();
  });
}
