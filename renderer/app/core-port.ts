/** The desktop window's own way to the core: one end of a channel, the other passed on by the preload script. */
export function corePort(): MessagePort | null {
  if (location.protocol !== 'app:') return null;
  const { port1, port2 } = new MessageChannel();
  window.postMessage('antin:connect', location.origin, [port2]);
  port1.start();
  return port1;
}
