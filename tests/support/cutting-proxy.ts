import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A line to a server that can be made to lose answers: what was asked arrives, what is answered does not. */
export type CuttingProxy = Readonly<{
  /** From now on every answer is lost and its connection cut. */
  loseAnswers: () => void;
  /** How many were lost. */
  lost: () => number;
  mend: () => void;
  close: () => Promise<void>;
}>;

// A TLS record of application data; of a TLS 1.3 client the first holds its Finished, the second what it asks.
const applicationData = 23;

export async function startCuttingProxy(port: number, target: number): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  let isLosing = false;
  let lost = 0;
  const server = createServer((desk) => {
    const onward = connect({ host: '127.0.0.1', port: target });
    let records = 0;
    for (const [socket, other] of [
      [desk, onward],
      [onward, desk],
    ] as const) {
      open.add(socket);
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.on('error', () => other.destroy());
    }
    let timer: NodeJS.Timeout | undefined;
    desk.on('data', (bytes: Buffer) => {
      records += countRecords(bytes);
      onward.write(bytes);
    });
    onward.on('data', (bytes: Buffer) => {
      if (!isLosing || records < 2) {
        desk.write(bytes);
        return;
      }
      // Its answer is swallowed whole; then the line breaks.
      clearTimeout(timer);
      timer = setTimeout(() => {
        lost += 1;
        desk.destroy();
      }, 300);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    loseAnswers: () => {
      isLosing = true;
    },
    lost: () => lost,
    mend: () => {
      isLosing = false;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function countRecords(bytes: Buffer): number {
  let count = 0;
  for (let at = 0; at + 5 <= bytes.length; at += 5 + bytes.readUInt16BE(at + 3)) {
    if (bytes[at] === applicationData) count += 1;
  }
  return count;
}
