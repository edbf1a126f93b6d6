import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemClock } from '#electron/platform/clock.ts';
import { CommandIdSchema, DeviceIdSchema, type Command } from '#shared/kernel/public.ts';
import { createSignedCommands } from '#shared/node/agency-log/public.ts';
import { protocolVersion, signedText, type PushRequest, type SentCommand } from '#shared/sync/public.ts';
import { anAgency, beginIdsAt, ids } from '../../support/builders.ts';

beginIdsAt(9_000);
const { id: agencyId } = anAgency();
const device = DeviceIdSchema.parse(systemClock.newId());
const other = DeviceIdSchema.parse(systemClock.newId());

function aKey(): Readonly<{ key: KeyObject; raw: string }> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
  return { key: privateKey, raw };
}

function sentBy(key: KeyObject, dseq = 2): SentCommand {
  const claimedAt = '2026-03-02T01:00:00.000Z' as Command['claimedAt'];
  const command = {
    id: CommandIdSchema.parse(systemClock.newId()),
    name: 'a.b',
    actor: ids.person(),
    onBehalfOf: null,
    claimedAt,
    body: 1,
  };
  const text = signedText(agencyId, device, { dseq, command });
  return { dseq, command, signature: sign(null, Buffer.from(text), key).toString('base64') };
}

function pushOf(sent: SentCommand): PushRequest {
  return { version: protocolVersion, agencyId, device, commands: [sent] };
}

test('a signature checked ahead says what one checked in its turn says', async () => {
  const [own, stranger] = [aKey(), aKey()];
  const signed = createSignedCommands();
  expect(signed.isSigned(own.raw, { agencyId, device }, sentBy(own.key))).toBe(true);
  const [good, bad] = [sentBy(own.key), sentBy(stranger.key)];
  await signed.checkAhead(pushOf(good));
  await signed.checkAhead(pushOf(bad));
  expect(signed.isSigned(own.raw, { agencyId, device }, good)).toBe(true);
  expect(signed.isSigned(own.raw, { agencyId, device }, bad)).toBe(false);
});

test('a check ahead counts for the key, the desk and the very command it was made with', async () => {
  const [own, later] = [aKey(), aKey()];
  const signed = createSignedCommands();
  signed.isSigned(own.raw, { agencyId, device }, sentBy(own.key));
  const sent = sentBy(own.key);
  await signed.checkAhead(pushOf(sent));
  // The log names another key now, or another desk sends the same.
  expect(signed.isSigned(later.raw, { agencyId, device }, sent)).toBe(false);
  expect(signed.isSigned(own.raw, { agencyId, device: other }, sent)).toBe(false);
  expect(signed.isSigned(own.raw, { agencyId, device }, { ...sent, dseq: 3 })).toBe(false);
  expect(signed.isSigned(own.raw, { agencyId, device }, sent)).toBe(true);
});

test('what is no signature is a refusal, ahead and in its turn', async () => {
  const own = aKey();
  const signed = createSignedCommands();
  signed.isSigned(own.raw, { agencyId, device }, sentBy(own.key));
  const spoilt = { ...sentBy(own.key), signature: 'x' };
  await signed.checkAhead(pushOf(spoilt));
  expect(signed.isSigned(own.raw, { agencyId, device }, spoilt)).toBe(false);
  expect(signed.isSigned('không phải khóa', { agencyId, device }, sentBy(own.key))).toBe(false);
});
