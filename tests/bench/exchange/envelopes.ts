import { randomBytes } from 'node:crypto';
import { letterName, type Envelope } from '#shared/exchange/public.ts';
import { hashBytes, instantFrom } from '#shared/kernel/public.ts';
import {
  isSignedBy,
  letterBytes,
  makeIdentity,
  openCover,
  openIdentity,
  sealCover,
  signAs,
} from '#shared/node/exchange/public.ts';
import { ids } from '../../support/builders.ts';
import { aLetter, consignmentId } from '../../support/exchange.ts';
import { opensslSpeed } from '../openssl-speed.ts';
import { limit, type SyncRow } from '../sync/rows.ts';

/** An envelope signed, sealed, opened and verified, one after the other in one thread; beside it what the keys alone cost. */
export async function measureEnvelopes(count: number): Promise<readonly SyncRow[]> {
  const dataKey = randomBytes(32);
  const at = instantFrom(Date.now());
  const named = (name: string) => openIdentity(makeIdentity(name, at, dataKey), dataKey);
  const [sender, receiver] = [named('Sở A'), named('Xã B')];
  const letter = aLetter();
  const bytes = letterBytes(letter);
  const one = async (): Promise<void> => {
    const signed: Envelope = {
      version: 1,
      id: consignmentId(),
      from: ids.agency(),
      to: ids.agency(),
      channel_seq: 1,
      kind: 'new',
      refs: [],
      payload: [{ name: letterName, sha256: hashBytes(bytes), size: bytes.length }],
      created: at,
      policy: { access: 'internal', expires: null },
    };
    const signature = await signAs(sender, 'envelope', signed);
    const content = { what: 'envelope' as const, signed, signature, letter, parts: [] };
    const opened = await openCover(await sealCover(content, receiver.sealing.certificate), receiver);
    const reason = isSignedBy(opened, sender.authority, Date.now());
    if (reason !== null) throw new Error(reason);
  };
  for (let n = 0; n < 20; n += 1) await one();
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  for (let n = 0; n < count; n += 1) await one();
  const perSecond = count / ((performance.now() - startedAt) / 1000);
  const { user, system } = process.cpuUsage(before);
  const [rsa, ecdsa] = [opensslSpeed('rsa-3072'), opensslSpeed('p-256')];
  const rows: SyncRow[] = [
    {
      row: null,
      name: 'envelope: signed, sealed, opened, verified',
      value: perSecond,
      unit: '/s',
      gate: { least: 200 },
    },
    // What others took of the machine meanwhile is not in it.
    limit('  the same by the processor time it took', (count * 1e6) / (user + system), '/s'),
  ];
  if (rsa !== null && ecdsa !== null) {
    rows.unshift(
      limit(
        'openssl: RSA-3072 with the private key, as opening needs once (limit)',
        rsa.sign.perSecond,
        '/s',
      ),
      limit('openssl: ECDSA P-256 signing, as signing needs once (limit)', ecdsa.sign.perSecond, '/s'),
      limit('openssl: ECDSA P-256 verifying, as verifying needs twice (limit)', ecdsa.verify.perSecond, '/s'),
    );
  }
  return rows;
}
