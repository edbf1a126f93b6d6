import { WebSocket } from 'ws';
import { openDoor, type Door, type Lanes, type ServerAddress } from './server-door.ts';

/** What keeping in step needs of the world: time that never runs backwards, chance, and work that waits. */
export type Timers = Readonly<{
  nowMs: () => number;
  /** Does something later; what it gives takes it back. */
  after: (ms: number, work: () => void) => () => void;
  /** In [0, 1). */
  chance: () => number;
}>;

/** What the server says by itself, over a line that stays open. */
export type Heard = Readonly<{ said: (text: string) => void; closed: () => void }>;

/** A desk's way to its server, and its time: the real one here, another in the simulation. */
export type Outside = Readonly<{
  door: Door;
  listen: (token: string, heard: Heard) => Readonly<{ close: () => void }>;
  timers: Timers;
}>;

const handshakeMs = 10_000;

export function outsideOf(server: ServerAddress, lanes: Lanes | null = null): Outside {
  return {
    door: openDoor(server, lanes),
    listen: (token, { said, closed }) => {
      const socket = new WebSocket(new URL('/v1/wake', server.url.replace(/^https/u, 'wss')), {
        ca: server.authority,
        headers: { authorization: `Bearer ${token}` },
        handshakeTimeout: handshakeMs,
      });
      socket.on('message', (text: Buffer) => {
        said(text.toString());
      });
      socket.on('error', () => socket.terminate());
      socket.on('close', closed);
      return { close: () => socket.terminate() };
    },
    timers,
  };
}

const timers: Timers = {
  // The machine's clock may be set back while the desk works; this one begins with it and only goes on.
  nowMs: () => Math.round(performance.timeOrigin + performance.now()),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => {
      clearTimeout(timer);
    };
  },
  chance: Math.random,
};
