import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type LineParts = Readonly<{
  port: number;
  target: number;
  /** Bits a second each way, shared by all who are on the line; null for as fast as it goes. */
  bitsPerSecond: number | null;
  /** How long everything takes to the other end. */
  oneWayMs: number;
}>;

/** A line of a known width and length between desks and their server; nothing on it goes wrong. */
export type SlowLine = Readonly<{
  port: number;
  /** Bytes that went to the server and came from it. */
  carried: () => Readonly<{ up: number; down: number }>;
  close: () => Promise<void>;
}>;

/** More than so much is not taken in before some has left at the other end. */
const mostWaiting = 256 * 1024;

export async function startSlowLine({ port, target, bitsPerSecond, oneWayMs }: LineParts): Promise<SlowLine> {
  const carried = { up: 0, down: 0 };
  const freeAtMs = { up: 0, down: 0 };
  const open = new Set<Socket>();

  function pass(from: Socket, to: Socket, way: 'up' | 'down'): void {
    const queue: { dueMs: number; bytes: Buffer }[] = [];
    let waiting = 0;
    let timer: NodeJS.Timeout | undefined;

    /** In their order, whatever the timers do. */
    function deliver(): void {
      timer = undefined;
      for (let [next] = queue; next !== undefined && next.dueMs <= performance.now(); [next] = queue) {
        queue.shift();
        waiting -= next.bytes.length;
        if (!to.destroyed) to.write(next.bytes);
      }
      if (waiting <= mostWaiting) from.resume();
      const [next] = queue;
      if (next !== undefined) timer = setTimeout(deliver, Math.max(1, next.dueMs - performance.now()));
      else if (from.destroyed) to.destroy();
    }

    from.on('data', (bytes: Buffer) => {
      carried[way] += bytes.length;
      const takesMs = bitsPerSecond === null ? 0 : (bytes.length * 8000) / bitsPerSecond;
      freeAtMs[way] = Math.max(performance.now(), freeAtMs[way]) + takesMs;
      queue.push({ dueMs: freeAtMs[way] + oneWayMs, bytes });
      waiting += bytes.length;
      if (waiting > mostWaiting) from.pause();
      timer ??= setTimeout(deliver, Math.max(0, freeAtMs[way] + oneWayMs - performance.now()));
    });
    from.on('close', () => {
      if (queue.length === 0) to.destroy();
    });
    from.on('error', () => undefined);
  }

  const server = createServer((desk) => {
    const onward = connect({ host: '127.0.0.1', port: target });
    for (const socket of [desk, onward]) {
      socket.setNoDelay(true);
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    pass(desk, onward, 'up');
    pass(onward, desk, 'down');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    carried: () => ({ ...carried }),
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
