import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actAs } from '#electron/features/sample/act-as.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { pairCode, usualCard } from '#shared/exchange/public.ts';
import { AgencyIdSchema, hashBytes, type AgencyId } from '#shared/kernel/public.ts';
import { byGateway } from '../../support/by-gateway.ts';
import { papersToSign } from './papers-to-sign.ts';
import { departmentIn, openSampleDesk } from './sample-desk.ts';
import { sampleFolder } from './start-office.ts';

/**
 * A copy of the sample's desks whose department knows two agencies: one that takes no notices, and one whose digits nobody
 * has compared. Gives its folder.
 */
export async function sampleWithPeers(): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'antin-e2e-peers-'));
  cpSync(sampleFolder(), home, { recursive: true });
  const department = departmentIn(home);
  await papersToSign(department, { count: 1, to: 'Ủy ban nhân dân xã An Phú', areSigned: true });
  const { open, called } = await openSampleDesk(department);
  const { must } = actAs(open, called('Đức Thắng'), systemClock);
  const fingerprint = hashBytes(new Uint8Array(32));
  const usual = { codes: [], authority: 'AAAA', sealing: 'AAAA', fingerprint };
  const choosy = AgencyIdSchema.parse(systemClock.newId());
  const details = (name: string, kinds: readonly string[]) => ({
    ...usual,
    name,
    card: { ...usualCard, kinds },
  });
  const meet = (peerId: AgencyId, name: string, kinds: readonly string[]) => {
    byGateway(open.desk, 'exchange.meetPeer', { peerId, details: details(name, kinds) });
  };
  meet(department.agencyId, department.agencyName, []);
  meet(choosy, 'Ủy ban nhân dân xã An Phú', ['QD']);
  const met = AgencyIdSchema.parse(systemClock.newId());
  meet(met, 'Sở Nội vụ tỉnh An Bình', []);
  must('exchange.confirmPeer', { peerId: choosy, code: pairCode(fingerprint, fingerprint) });
  open.close();
  return home;
}
