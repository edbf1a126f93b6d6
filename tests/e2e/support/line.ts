import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** The network cable of one machine: what stands behind it is reached through it, until it is pulled. */
export type Line = Readonly<{
  port: number;
  pull: () => void;
  plugIn: () => void;
  close: () => Promise<void>;
}>;

export async function aLine(port: number, target: number): Promise<Line> {
  const open = new Set<Socket>();
  let isPulled = false;
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  const server = createServer((near) => {
    if (isPulled) {
      near.destroy();
      return;
    }
    const far = connect({ host: '127.0.0.1', port: target });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    pull: () => {
      isPulled = true;
      cut();
    },
    plugIn: () => {
      isPulled = false;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
