import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** A stretch of network between desks and their server that is not to be relied on. */
export type FaultyProxy = Readonly<{
  port: number;
  counts: Record<'connections' | 'refused' | 'cut' | 'stalled' | 'outages', number>;
  /** From now on nothing goes wrong any more. */
  calm: () => void;
  close: () => Promise<void>;
}>;

const mostDelayMs = 40;
const mostStallMs = 4000;
const outageMs = 2500;

/** Listens on this machine alone and passes on to `target`: late, in bits, cut, stalled, or not at all. */
export async function startFaultyProxy(
  port: number,
  target: number,
  chance: () => number,
): Promise<FaultyProxy> {
  const counts = { connections: 0, refused: 0, cut: 0, stalled: 0, outages: 0 };
  const open = new Set<Socket>();
  let isCalm = false;
  let downUntilMs = 0;

  function pass(from: Socket, to: Socket): void {
    let cutAfter = !isCalm && chance() < 0.08 ? Math.floor(chance() * 60_000) : Number.POSITIVE_INFINITY;
    from.on('data', (bytes: Buffer) => {
      cutAfter -= bytes.length;
      if (cutAfter < 0 && !isCalm) {
        counts.cut += 1;
        from.destroy();
        to.destroy();
        return;
      }
      const isStalled = !isCalm && chance() < 0.004;
      if (isStalled) counts.stalled += 1;
      const lateMs = isCalm ? 0 : isStalled ? chance() * mostStallMs : chance() * mostDelayMs;
      from.pause();
      setTimeout(() => {
        if (!to.destroyed) to.write(bytes);
        from.resume();
      }, lateMs);
    });
    from.on('end', () => to.end());
    from.on('close', () => to.destroy());
    from.on('error', () => to.destroy());
  }

  const server: Server = createServer((desk) => {
    counts.connections += 1;
    if (!isCalm && (Date.now() < downUntilMs || chance() < 0.03)) {
      counts.refused += 1;
      desk.destroy();
      return;
    }
    const onward = connect({ host: '127.0.0.1', port: target });
    for (const socket of [desk, onward]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    pass(desk, onward);
    pass(onward, desk);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const outages = setInterval(() => {
    if (isCalm || chance() > 0.5) return;
    counts.outages += 1;
    downUntilMs = Date.now() + outageMs;
    for (const socket of open) socket.destroy();
  }, 8000);
  return {
    port,
    counts,
    calm: () => {
      isCalm = true;
      downUntilMs = 0;
    },
    close: async () => {
      clearInterval(outages);
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
