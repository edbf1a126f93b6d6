import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { pieceBytes } from '#shared/sync/public.ts';

export type Cutter = Readonly<{ port: number; cuts: () => number; close: () => void }>;

type Line = Readonly<{ own: number; target: number; cuts: number; everyPieces?: number }>;

/** Passes on to a server, and cuts everything in the middle of a piece after every so many, so many times. */
export async function startCutter({ own, target, cuts, everyPieces = 60 }: Line): Promise<Cutter> {
  let [passed, done] = [0, 0];
  const open = new Set<Socket>();
  const proxy = createServer((desk) => {
    const onward = connect({ host: '127.0.0.1', port: target });
    for (const socket of [desk, onward]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => open.delete(socket));
    }
    desk.on('data', (bytes: Buffer) => {
      passed += bytes.length;
      if (done < cuts && passed > (done + 1) * everyPieces * pieceBytes + pieceBytes / 2) {
        done += 1;
        for (const socket of open) socket.destroy();
      }
    });
    desk.pipe(onward);
    onward.pipe(desk);
  });
  proxy.listen(own, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: own,
    cuts: () => done,
    close: () => {
      for (const socket of open) socket.destroy();
      proxy.close();
    },
  };
}
