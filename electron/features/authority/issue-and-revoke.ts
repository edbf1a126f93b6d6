import { personAggregate } from '#shared/directory/public.ts';
import {
  AppError,
  dayOf,
  instantFrom,
  type CommandId,
  type Instant,
  type Reply,
} from '#shared/kernel/public.ts';
import {
  issueCertificate,
  openPkcs12,
  renewCertificate,
  type AgencyCa,
  type IssuedCertificate,
} from '#shared/node/pdf-signing/public.ts';
import { certificateAggregate, type CertificateHolder, type Revoked } from '#shared/signing/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import { readState } from '../../store/read-state.ts';
import { writeKeyFile } from '../signing/public.ts';
import { agencyName } from './ceremonies.ts';
import { authorityHere, bytesOf, issuingNow, openLevel, recordOf } from './levels.ts';
import { renewList } from './revocation-lists.ts';

type Asked = Readonly<{
  commandId: CommandId;
  holder: CertificateHolder;
  renews: string | null;
  years: number;
  pin: string;
  keepHere: boolean;
}>;

/**
 * Issues a certificate with a fresh key, the act and the kept file in one commit. Gives the PKCS#12 file, which stays
 * nowhere else unless it is kept here.
 */
export function issueTo(signed: Signed, asked: Asked): Readonly<{ reply: Reply; p12: Uint8Array | null }> {
  const { desk } = signed.open;
  const { commandId, holder, renews, pin, keepHere } = asked;
  const authority = authorityHere(desk);
  const level = issuingNow(authority);
  const issued = freshCertificate(signed, openLevel(desk, authority, level.serial), asked);
  const record = recordOf(issued.certificateDer);
  mustEndBefore(record.validTo, level.validTo);
  const p12 = issued.p12(pin);
  const body = { ...record, holder, renews, level: level.serial };
  const reply = desk.log.transaction(() => {
    const answer = execute(signed, 'authority.certify', { commandId, body });
    if (answer.ok && keepHere) {
      const owner = holder.use === 'person' ? holder.person : 'agency';
      writeKeyFile(desk, { owner, use: holder.use, p12, key: openPkcs12(p12, pin) });
    }
    return answer;
  });
  return { reply, p12: reply.ok ? p12 : null };
}

type TakingBack = Readonly<{
  commandId: CommandId;
  serial: string;
  since: Instant | null;
  reason: Revoked['reason'];
  why: string;
}>;

/** Takes a certificate back; from the same commit on it signs nothing here, and the new list says so to everybody. */
export function revoke(signed: Signed, { commandId, since, ...said }: TakingBack): Reply {
  const { desk } = signed.open;
  const body = { ...said, since: since ?? desk.now() };
  return desk.log.transaction(() => {
    const reply = execute(signed, 'authority.takeBack', { commandId, body });
    const record = readState(desk.db, certificateAggregate, said.serial);
    if (reply.ok && record !== null) renewList(desk, authorityHere(desk), record.level);
    return reply;
  });
}

function mustEndBefore(until: Instant, level: Instant): void {
  if (until <= level) return;
  const day = dayOf(level).split('-').toReversed().join('/');
  throw new AppError('signing.level-ends-sooner', { until: day });
}

function freshCertificate(signed: Signed, ca: AgencyCa, { holder, renews, years }: Asked): IssuedCertificate {
  const { desk } = signed.open;
  // A certificate's time has no fractions of a second.
  const validFrom = instantFrom(Math.floor(Date.parse(desk.now()) / 1000) * 1000);
  const before = renews === null ? null : readState(desk.db, certificateAggregate, renews);
  if (before !== null) {
    const certificateDer = bytesOf(before.certificate);
    return renewCertificate({ ca, certificateDer, key: 'rsa-2048', validFrom, years });
  }
  const order = { ca, organisation: agencyName(desk), role: holder.use, validFrom, years };
  if (holder.use === 'seal') return issueCertificate({ ...order, commonName: agencyName(desk) });
  const person = readState(desk.db, personAggregate, holder.person);
  if (person === null) throw new AppError('directory.unknown-person');
  const email = person.email === null ? {} : { email: person.email };
  return issueCertificate({ ...order, commonName: person.name, title: person.post, ...email });
}
