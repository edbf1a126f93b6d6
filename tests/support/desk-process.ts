// One desk as a process of its own, so that it can be killed: fills itself, says when it has everything, and goes on.
import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { AgencyIdSchema, DeviceIdSchema, PersonIdSchema } from '#shared/kernel/public.ts';
import { startDesk } from './agency-server.ts';

const ToldSchema = z.object({
  agencyId: AgencyIdSchema,
  personId: PersonIdSchema,
  deviceId: DeviceIdSchema,
  key: z.string(),
  server: z.object({ url: z.string(), authority: z.string() }),
  path: z.string(),
  dataKey: z.base64(),
});

const told = ToldSchema.parse(JSON.parse(process.argv[2] ?? ''));
const desk = startDesk(told, {
  device: { id: told.deviceId, key: createPrivateKey(told.key) },
  server: told.server,
  personId: told.personId,
  path: told.path,
  key: Buffer.from(told.dataKey, 'base64'),
});
const looking = setInterval(() => {
  const { kind } = desk.link.state();
  process.stdout.write(`${JSON.stringify({ kind, left: desk.link.left() })}\n`);
  if (kind !== 'even') return;
  clearInterval(looking);
  void desk.stop();
}, 20);
