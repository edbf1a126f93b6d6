import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { DeviceIdSchema, InvitationIdSchema, type InvitationId } from '#shared/kernel/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import { PushRequestSchema, type PushRequest } from '#shared/sync/public.ts';
import type { DeviceKey } from './joined-desk.ts';
import { prepared } from './prepared.ts';

const KeptSchema = z.object({
  invitation: InvitationIdSchema,
  id: DeviceIdSchema,
  key: z.string(),
  request: PushRequestSchema,
});

type Asked = Readonly<{ device: DeviceKey; request: PushRequest }>;

/**
 * What this desk said to join with an invitation, until the answer is here: should that be lost, the very same goes out
 * again under the same key, and the code is not used up for nothing.
 */
export function keepJoining(db: WriteDb, invitation: InvitationId, { device, request }: Asked): void {
  const key = device.key.export({ format: 'pem', type: 'pkcs8' }).toString();
  prepared(
    db,
    "INSERT INTO setting (name, value) VALUES ('sync.joining', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ).run(JSON.stringify({ invitation, id: device.id, key, request }));
}

/** Null when nothing was said with this invitation. */
export function joiningOf(db: ReadDb, invitation: InvitationId): Asked | null {
  const row = prepared(db, "SELECT value FROM setting WHERE name = 'sync.joining'").get() as
    { value: string } | undefined;
  if (row === undefined) return null;
  const { id, key, request, ...kept } = KeptSchema.parse(JSON.parse(row.value));
  if (kept.invitation !== invitation) return null;
  return { device: { id, key: createPrivateKey(key) }, request };
}

export function endJoining(db: WriteDb): void {
  prepared(db, "DELETE FROM setting WHERE name = 'sync.joining'").run();
}
