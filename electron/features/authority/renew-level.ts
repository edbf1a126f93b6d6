import type { CommandId, Reply } from '#shared/kernel/public.ts';
import { joinPassphrase, readCertificate } from '#shared/node/pdf-signing/public.ts';
import type { levelRevocationChoices } from '#shared/signing/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import { agencyName, newLevel } from './ceremonies.ts';
import { authorityHere, bytesOf, keepLevelKey, keyBytesOf, openRoot, recordOf } from './levels.ts';
import { renewList, renewRootList } from './revocation-lists.ts';

type Asked = Readonly<{
  commandId: CommandId;
  shares: readonly string[];
  revoke: Readonly<{ reason: (typeof levelRevocationChoices)[number]; why: string }> | null;
}>;

/** The keepers open the root once more: a fresh issuing level, the old ones taken back where they say so, new lists. */
export function renewLevel(signed: Signed, { commandId, shares, revoke }: Asked): Reply {
  const { desk } = signed.open;
  const authority = authorityHere(desk);
  const root = openRoot(desk, authority, joinPassphrase(shares));
  const { publicKey } = readCertificate(bytesOf(authority.root.certificate));
  const bits = publicKey.asymmetricKeyDetails?.modulusLength;
  const level = newLevel({
    root,
    organisation: agencyName(desk),
    desk,
    place: authority.levels.length + 1,
    keyType: bits === undefined ? 'p-384' : bits > 3072 ? 'rsa-4096' : 'rsa-3072',
  });
  const record = recordOf(level.certificateDer);
  return desk.log.transaction(() => {
    const reply = execute(signed, 'authority.replaceLevel', { commandId, body: { level: record, revoke } });
    if (!reply.ok) return reply;
    keepLevelKey(desk, { serial: record.serial, level: 'issuing', key: keyBytesOf(level) });
    const after = authorityHere(desk);
    renewRootList(desk, after, root);
    renewList(desk, after, record.serial);
    return reply;
  });
}
