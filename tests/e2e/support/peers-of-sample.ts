import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actAs } from '#electron/features/sample/act-as.ts';
import { listDesks, openDeskFolder } from '#electron/features/session/open-desk.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { openKeyring } from '#electron/store/keyring.ts';
import { readKeyringFile } from '#electron/store/keyring-file.ts';
import { pairCode, usualCard } from '#shared/exchange/public.ts';
import { AgencyIdSchema, hashBytes, type AgencyId } from '#shared/kernel/public.ts';
import { byGateway } from '../../support/by-gateway.ts';
import { papersToSign } from './papers-to-sign.ts';
import { samplePassphrase } from './people.ts';
import { sampleFolder } from './start-office.ts';

/**
 * A copy of the sample's desks whose department knows two agencies: one that takes no notices, and one whose digits nobody
 * has compared. Gives its folder.
 */
export async function sampleWithPeers(): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'antin-e2e-peers-'));
  cpSync(sampleFolder(), home, { recursive: true });
  const department = listDesks(home).find(({ agencyName }) => agencyName.startsWith('Sở'));
  if (department === undefined) throw new Error('The sample has no department');
  await papersToSign(department, { count: 1, to: 'Ủy ban nhân dân xã An Phú', areSigned: true });
  const { folder, agencyId } = department;
  const keys = join(folder, 'keys.json');
  const person = readKeyringFile(keys).people.find(({ name }) => name.endsWith('Đức Thắng'));
  if (person === undefined) throw new Error('There is no administrator');
  const dataKey = await openKeyring(keys).unlock(person.id, samplePassphrase, systemClock.now());
  const open = openDeskFolder(folder, agencyId, { dataKey, clock: systemClock });
  const { must } = actAs(open, person.id, systemClock);
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
  meet(agencyId, department.agencyName, []);
  meet(choosy, 'Ủy ban nhân dân xã An Phú', ['QD']);
  const met = AgencyIdSchema.parse(systemClock.newId());
  meet(met, 'Sở Nội vụ tỉnh An Bình', []);
  must('exchange.confirmPeer', { peerId: choosy, code: pairCode(fingerprint, fingerprint) });
  open.close();
  return home;
}
