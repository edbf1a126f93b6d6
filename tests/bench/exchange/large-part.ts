import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openAgencyFolder } from '#server/main.ts';
import { readConnection } from '#server/features/exchange/connection.ts';
import { openHubDoor } from '#server/features/exchange/hub-door.ts';
import { openHubSession } from '#server/features/exchange/hub-session.ts';
import { AppError } from '#shared/kernel/public.ts';
import { openBlobs } from '#shared/node/blobs/public.ts';
import { sealPart } from '#shared/node/exchange/public.ts';
import { agencyAtServer } from '../../support/agency-server.ts';
import { ended, hubAt, joinHub } from '../../support/two-agencies.ts';
import { startCutter } from '../cutter.ts';
import type { SyncRow } from '../sync/rows.ts';

const cuts = 3;

export type LargePart = Readonly<{ ms: number; sent: number; size: number; cuts: number; isWhole: boolean }>;

/** Seals a file of so many bytes and brings it to a hub over a line that breaks three times. */
export async function bringLargePart(port: number, bytes: number, everyPieces: number): Promise<LargePart> {
  const hub = hubAt(port);
  const at = agencyAtServer(port + 1, []);
  const hubProcess = await hub.start();
  await joinHub(hub, at);
  const folder = openAgencyFolder(at.data);
  const cutter = await startCutter({ own: port + 2, target: port, cuts, everyPieces });
  try {
    const connected = readConnection(folder);
    const [line] = connected?.hubs ?? [];
    if (connected === null || line === undefined) throw new Error('Not connected');
    const connection = { ...line, url: `https://127.0.0.1:${port + 2}` };
    const sealed = openBlobs({ folder: join(at.data, 'exchange'), dataKey: folder.dataKey });
    const file = await folder.ownBlobs.put(new Uint8Array(randomBytes(bytes)));
    const part = await sealPart(folder.blobs, sealed, { place: 1, ...file, secret: folder.dataKey });
    let sent = 0;
    const counted = {
      ...sealed,
      read: async (...[hash, offset, length]: Parameters<typeof sealed.read>) => {
        const piece = await sealed.read(hash, offset, length);
        sent += piece.length;
        return piece;
      },
    };
    const session = openHubSession(at.agencyId, { ...connected, line }, openHubDoor(connection));
    const startedAt = performance.now();
    for (;;) {
      try {
        await session.bring(counted, part);
        break;
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'hub.away') throw error;
      }
    }
    const ms = performance.now() - startedAt;
    const there = await hub.open();
    const isWhole = await there.parts.verify(part.hash);
    await there.close();
    return { ms, sent, size: part.size, cuts: cutter.cuts(), isWhole };
  } finally {
    cutter.close();
    folder.close();
    await ended(hubProcess);
    hub.remove();
    at.remove();
  }
}

export async function measureLargePart(port: number): Promise<readonly SyncRow[]> {
  const { ms, sent, size, cuts: done, isWhole } = await bringLargePart(port, 200 * 1024 * 1024, 60);
  if (!isWhole || done !== cuts) throw new Error('It did not come whole over a line that broke three times');
  return [
    {
      row: null,
      name: `attachment of 200 MiB to the hub, cut ${done} times`,
      value: ms / 1000,
      unit: 's',
      gate: null,
    },
    {
      row: null,
      name: '  sent again for each interruption (one piece of 1 MiB)',
      value: (sent - size) / 1024 / done,
      unit: 'KiB',
      gate: { most: 1024 },
    },
  ];
}
