import { systemClock } from '#electron/platform/clock.ts';
import { pairCode, usualCard } from '#shared/exchange/public.ts';
import { hashBytes } from '#shared/kernel/public.ts';
import { byGateway } from '../../support/by-gateway.ts';
import { departmentIn, openSampleDesk } from './sample-desk.ts';

const names = [
  'Ủy ban nhân dân tỉnh An Bình',
  'Ủy ban nhân dân xã An Phú',
  'Trung tâm Ứng dụng tiến bộ khoa học và công nghệ thuộc Sở Khoa học và Công nghệ tỉnh Bình Minh',
] as const;

const fingerprintOf = (name: string) => hashBytes(new TextEncoder().encode(name));

/** What the administrators of the sample department and of such an agency read to each other. */
export const codeWith = (name: (typeof names)[number]): string =>
  pairCode(fingerprintOf('own'), fingerprintOf(name));

/** Agencies the sample department has met on a hub, as its gateway would have noted them. */
export async function meetAgencies(dataDir: string): Promise<void> {
  const department = departmentIn(dataDir);
  const { open } = await openSampleDesk(department);
  const meet = (peerId: string, name: string, fingerprint: string) => {
    const codes =
      name === names[0]
        ? [{ form: 'old13', code: '000.00.00.H03', validFrom: '2020-01-01', validTo: null }]
        : [];
    const details = { name, codes, authority: 'AAAA', fingerprint, sealing: 'AAAA', card: usualCard };
    byGateway(open.desk, 'exchange.meetPeer', { peerId, details });
  };
  meet(department.agencyId, department.agencyName, fingerprintOf('own'));
  for (const name of names) meet(systemClock.newId(), name, fingerprintOf(name));
  open.close();
}
