import { createHash, randomBytes, randomInt } from 'node:crypto';
import { agencyAggregate } from '#shared/directory/public.ts';
import {
  AppError,
  HashSchema,
  type CommandId,
  type Hash,
  type PersonId,
  type Reply,
} from '#shared/kernel/public.ts';
import {
  issueAgencyCa,
  issueIssuingLevel,
  splitPassphrase,
  type AgencyCa,
} from '#shared/node/pdf-signing/public.ts';
import {
  authorityAggregate,
  levelYears,
  rootYears,
  whyNotKeepers,
  type Keepers,
  type authorityKeyTypes,
} from '#shared/signing/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import type { Desk } from '../../store/desk.ts';
import { readState } from '../../store/read-state.ts';
import { authorityHere, keepLevelKey, keyBytesOf, recordOf } from './levels.ts';
import { renewList, renewRootList } from './revocation-lists.ts';

type KeyType = (typeof authorityKeyTypes)[number];

/** Keys and shares between the first step and the last: in memory only, for one administrator at one window. */
type Ceremony = {
  by: PersonId;
  keepers: Keepers;
  root: AgencyCa;
  level: AgencyCa;
  rootFile: Uint8Array;
  shares: readonly Readonly<{ groups: readonly string[]; asked: number }>[];
  confirmed: Set<number>;
};

const underWay = new Map<string, Ceremony>();

/** A hundred and sixty bits: nobody remembers it, and nobody has to. */
const passphraseBytes = 20;

/** Makes root, issuing level and shares; nothing is written. */
export function beginCeremony(signed: Signed, asked: Readonly<{ keepers: Keepers; keyType: KeyType }>): void {
  const { desk } = signed.open;
  if (readState(desk.db, authorityAggregate, desk.agencyId) !== null) {
    throw new AppError('signing.authority-there');
  }
  const { keepers, keyType } = asked;
  const not = whyNotKeepers(keepers);
  if (not !== null) throw new AppError(not.code, not.params);
  const organisation = agencyName(desk);
  const validFrom = desk.now();
  const root = issueAgencyCa({ agencyName: organisation, validFrom, years: rootYears, keyType });
  const level = newLevel({ root, organisation, desk, place: 1, keyType });
  const passphrase = randomBytes(passphraseBytes).toString('base64url');
  const shares = splitPassphrase(passphrase, { shares: keepers.names.length, needed: keepers.needed });
  underWay.set(signed.sessionKey, {
    by: signed.person.id,
    keepers,
    root,
    level,
    rootFile: root.p12(passphrase),
    shares: shares.map((share) => {
      const groups = share.split('-');
      // The first group is the same for every keeper but for a letter, the last is short.
      return { groups, asked: randomInt(2, groups.length) };
    }),
    confirmed: new Set(),
  });
}

/** One keeper's share and what they are asked to read back. */
export function showShare(signed: Signed, keeper: number) {
  const { shares, keepers, root } = ceremonyOf(signed);
  const share = shares[keeper];
  const name = keepers.names[keeper];
  if (share === undefined || name === undefined) throw new AppError('signing.ceremony-over');
  return { name, ...share, groups: [...share.groups], fingerprint: fingerprintOf(root.certificateDer) };
}

/** A share counts as handed over once its keeper has read one group of it back. */
export function confirmShare(signed: Signed, keeper: number, group: string): void {
  const { shares, confirmed } = ceremonyOf(signed);
  const share = shares[keeper];
  if (share === undefined) throw new AppError('signing.ceremony-over');
  if (spelled(group) !== share.groups[share.asked - 1]) {
    throw new AppError('signing.share-read-wrong', { group: share.asked });
  }
  confirmed.add(keeper);
}

export function cancelCeremony({ sessionKey }: Signed): void {
  underWay.delete(sessionKey);
}

/** Writes it all at once: the keys, the act, the first lists. */
export function finishCeremony(signed: Signed, commandId: CommandId): Reply {
  const ceremony = ceremonyOf(signed);
  const { keepers, root, level, rootFile, confirmed } = ceremony;
  if (confirmed.size < keepers.names.length) throw new AppError('signing.shares-not-read');
  const { desk } = signed.open;
  const rootRecord = { ...recordOf(root.certificateDer), fingerprint: fingerprintOf(root.certificateDer) };
  const levelRecord = recordOf(level.certificateDer);
  const reply = desk.log.transaction(() => {
    const body = { root: rootRecord, level: levelRecord, keepers, formerRoot: formerRoot(desk) };
    const answer = execute(signed, 'authority.found', { commandId, body });
    if (!answer.ok) return answer;
    keepLevelKey(desk, { serial: rootRecord.serial, level: 'root', key: rootFile });
    keepLevelKey(desk, { serial: levelRecord.serial, level: 'issuing', key: keyBytesOf(level) });
    const authority = authorityHere(desk);
    renewRootList(desk, authority, root);
    renewList(desk, authority, levelRecord.serial);
    return answer;
  });
  underWay.delete(signed.sessionKey);
  return reply;
}

type NewLevel = Readonly<{
  root: AgencyCa;
  organisation: string;
  desk: Desk;
  /** The first issuing level is 1, the one after it 2. */
  place: number;
  keyType: KeyType;
}>;

/** A fresh issuing level below the root. */
export function newLevel({ root, organisation, desk, place, keyType }: NewLevel): AgencyCa {
  const commonName = `${organisation} CA ${place}`;
  return issueIssuingLevel({
    root,
    commonName,
    organisation,
    validFrom: desk.now(),
    years: levelYears,
    keyType,
  });
}

export function agencyName({ db, agencyId }: Pick<Desk, 'db' | 'agencyId'>): string {
  const agency = readState(db, agencyAggregate, agencyId);
  if (agency === null) throw new AppError('directory.unknown-agency');
  return agency.name;
}

function formerRoot({ db, agencyId }: Pick<Desk, 'db' | 'agencyId'>): Hash | null {
  const former = readState(db, agencyAggregate, agencyId)?.rootCertificate ?? null;
  return former === null ? null : fingerprintOf(Buffer.from(former, 'base64'));
}

function ceremonyOf({ sessionKey, person }: Signed): Ceremony {
  const ceremony = underWay.get(sessionKey);
  // Whoever sits down at the window next does not see another's shares.
  if (ceremony?.by !== person.id) {
    underWay.delete(sessionKey);
    throw new AppError('signing.ceremony-over');
  }
  return ceremony;
}

function fingerprintOf(certificate: Uint8Array) {
  return HashSchema.parse(createHash('sha256').update(certificate).digest('hex'));
}

/** As a share is read out: capitals or not, and the letters that look like digits are digits. */
function spelled(group: string): string {
  return group.toUpperCase().replaceAll(/[\s-]/gu, '').replaceAll('O', '0').replaceAll(/[IL]/gu, '1');
}
