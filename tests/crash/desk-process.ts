// One desk as a process of its own, to be killed: `desk-process.ts IDENTITY`. It works without rest and says on stdout, a
// line each, what it gave once that was on its disk, and what its own log showed as decided.
import { createPrivateKey, randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import {
  AgencyIdSchema,
  AppError,
  DeviceIdSchema,
  PersonIdSchema,
  uuidV7From,
} from '#shared/kernel/public.ts';
import { aLetter, startDesk, type DeskIdentity } from '../support/agency-server.ts';

const WrittenSchema = z.object({
  agencyId: AgencyIdSchema,
  device: DeviceIdSchema,
  key: z.base64(),
  server: z.object({ url: z.string(), authority: z.string() }),
  personId: PersonIdSchema,
  path: z.string(),
  dataKey: z.base64(),
  restMs: z.number(),
});

/** What such a process is told of who it is. */
export function identityText(
  agencyId: string,
  { device, server, personId, path, key }: DeskIdentity,
  restMs: number,
): string {
  const secret = device.key.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const dataKey = Buffer.from(key).toString('base64');
  return JSON.stringify({
    agencyId,
    device: device.id,
    key: secret,
    server,
    personId,
    path,
    dataKey,
    restMs,
  });
}

if (process.argv[1] === import.meta.filename) await work(process.argv[2] ?? '');

async function work(text: string): Promise<void> {
  const told = WrittenSchema.parse(JSON.parse(text));
  const key = createPrivateKey({ key: Buffer.from(told.key, 'base64'), format: 'der', type: 'pkcs8' });
  const desk = startDesk(told, {
    device: { id: told.device, key },
    server: told.server,
    personId: told.personId,
    path: told.path,
    key: Buffer.from(told.dataKey, 'base64'),
  });
  const say = (line: string): void => {
    writeSync(1, `${line}\n`);
  };
  desk.desk.onDecided(({ command, seq }) => {
    if (command.actor === told.personId) say(`decided ${command.id} ${seq}`);
  });
  say('ready');
  const letter = await aLetter(desk, 500);
  for (let turn = 0; ; turn += 1) {
    const documentId = uuidV7From(Date.now(), randomBytes(10));
    // Now and then a file of its own; mostly the one that is there.
    const { file } = turn % 30 === 29 ? await aLetter(desk, 500) : letter;
    try {
      say(`given ${desk.give('documents.receive', { ...letter, documentId, file }).id}`);
    } catch (error) {
      // Until the directory has come, nobody here is known.
      if (!(error instanceof Error) || error instanceof AppError) throw error;
    }
    await pause(told.restMs);
  }
}
