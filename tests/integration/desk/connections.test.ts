import { expect, test } from 'vitest';
import { connectionsOf } from '#electron/features/exchange/connections.ts';
import { pairCode, usualCard } from '#shared/exchange/public.ts';
import { CommandIdSchema, hashBytes, type AgencyId } from '#shared/kernel/public.ts';
import { ids } from '../../support/builders.ts';
import { byGateway } from '../../support/by-gateway.ts';
import { openOffice } from '../../support/office.ts';

const fingerprintOf = (name: string) => hashBytes(new TextEncoder().encode(name));

test('those that wait for the code come first, and what has ended has none to read out', () => {
  const { engine, staff } = openOffice();
  const { desk } = engine;
  const administrator = staff.administrator.id;
  const act = (name: string, body: unknown) => {
    const command = { id: CommandIdSchema.parse(ids.document()), name, actor: administrator };
    const claimedAt = desk.now();
    const reply = desk.execute({ ...command, onBehalfOf: null, claimedAt, body });
    if (!reply.ok) throw new Error(reply.refusal.code);
  };
  const meet = (peerId: AgencyId, name: string) => {
    const fingerprint = fingerprintOf(name);
    const details = { name, codes: [], authority: 'AAAA', fingerprint, sealing: 'AAAA', card: usualCard };
    byGateway(desk, 'exchange.meetPeer', { peerId, details });
  };
  expect(connectionsOf(desk)).toEqual({ own: null, peers: [] });

  meet(desk.agencyId, 'Mình');
  const [first, second, third] = [ids.agency(), ids.agency(), ids.agency()];
  meet(first, 'Đã ngừng');
  meet(second, 'Đã xác nhận');
  meet(third, 'Mới gặp');
  const code = pairCode(fingerprintOf('Mình'), fingerprintOf('Đã xác nhận'));
  act('exchange.confirmPeer', { peerId: second, code });
  act('exchange.endPeer', { peerId: first, reason: 'Đã sáp nhập' });

  const { own, peers } = connectionsOf(desk);
  expect(own).toEqual({ name: 'Mình', card: usualCard });
  expect(peers.map((peer) => [peer.name, peer.state, peer.endedBecause, peer.code])).toEqual([
    ['Mới gặp', 'met', null, pairCode(fingerprintOf('Mình'), fingerprintOf('Mới gặp'))],
    ['Đã xác nhận', 'confirmed', null, code],
    ['Đã ngừng', 'ended', 'Đã sáp nhập', null],
  ]);
});
