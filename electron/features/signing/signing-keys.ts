import type { Key } from '#shared/signing/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { checkSignerKey, outsideSigner, type SignerKey } from '#shared/node/pdf-signing/public.ts';
import type { Signed } from '../../host/context.ts';
import { isServiceHere, signByService, type ServiceAction } from '../../platform/signing-service.ts';
import { tokensHere } from '../../platform/tokens.ts';
import { mustNotBeRevoked } from './trust.ts';
import { factsOf, listedCertificate, mustMatchDirectory, openKeyFile, type KeyUse } from './key-files.ts';

/** A key that is open for a signature; `close` shuts it again. */
export type OpenKey = Readonly<{ key: SignerKey; close: () => Promise<void> }>;

/** The keys on tokens in their readers whose certificate the directory holds for this person, or for the seal. */
export async function tokenKeysOf(signed: Signed): Promise<Key[]> {
  const uses = usesOf(signed);
  const here = await tokensHere();
  return here.flatMap(({ token }) =>
    token.certificates.flatMap(({ keyId, certificate }) =>
      uses
        .filter((use) => listedCertificate(signed, use)?.equals(certificate) === true)
        .map((use): Key => {
          const id = `token:${token.serial}:${keyId}`;
          return { id, place: 'token', pin: token.pin, use, ...factsOf(certificate) };
        }),
    ),
  );
}

/** The signing program of this machine, where it runs: for whom the directory holds a certificate. */
export async function serviceKeysOf(signed: Signed): Promise<Key[]> {
  const uses = usesOf(signed).flatMap((use) => {
    const certificate = listedCertificate(signed, use);
    return certificate === null ? [] : [{ use, certificate }];
  });
  if (uses.length === 0 || !(await isServiceHere())) return [];
  return uses.map(({ use, certificate }): Key => ({
    id: serviceId,
    place: 'service',
    pin: 'none',
    use,
    ...factsOf(certificate),
  }));
}

const serviceId = 'service';

function usesOf({ person }: Signed): readonly KeyUse[] {
  return person.roles.includes('clerk') ? ['person', 'seal'] : ['person'];
}

export type KeyAsked = Readonly<{ use: KeyUse; pin: string; key: string | null }>;

/**
 * Does `work` with the chosen key, opened with its PIN and checked before anything is written: in time, for signing,
 * its holder's own. It is shut again however the work ends.
 */
export async function withSigningKey<Result>(
  signed: Signed,
  asked: KeyAsked,
  work: (key: SignerKey) => Promise<Result>,
): Promise<Result> {
  const { key, close } = await openSigningKey(signed, asked);
  try {
    mustBeFit(signed, key, asked.use);
    return await work(key);
  } finally {
    // A token that was pulled out meanwhile has shut itself.
    await close().catch(() => undefined);
  }
}

/** The program signs with the certificate the directory holds, or what it makes is refused. */
function openService(signed: Signed, use: KeyUse): OpenKey {
  const certificate = listedCertificate(signed, use);
  if (certificate === null) throw new AppError('signing.no-certificate-listed');
  const key = outsideSigner(certificate, ({ pdf, field, role, isNewField }) =>
    signByService({ action: actionOf(role, isNewField), pdf, field, name: 'van-ban.pdf' }),
  );
  return { key, close: () => Promise.resolve() };
}

function actionOf(role: string, isNewField: boolean): ServiceAction {
  if (role === 'copy') return 'copy';
  if (role === 'seal') return isNewField ? 'appendix' : 'seal';
  return role.startsWith('initials') ? 'initials' : 'leader';
}

/** The chosen key, opened with its PIN; whoever asks shuts it again. */
export async function openSigningKey(signed: Signed, { use, pin, key: id }: KeyAsked): Promise<OpenKey> {
  if (id === serviceId) return openService(signed, use);
  return id?.startsWith('token:') === true ? openToken(id, pin) : openFile(signed, use, pin);
}

/** Refuses a key that is out of its time, not for signing, not its holder's own, or revoked. */
export function mustBeFit(signed: Signed, key: SignerKey, use: KeyUse): void {
  checkSignerKey(key, signed.open.desk.now());
  mustMatchDirectory(signed, key, use);
  mustNotBeRevoked(signed, key);
}

function openFile(signed: Signed, use: KeyUse, pin: string): OpenKey {
  return { key: openKeyFile(signed, use, pin), close: () => Promise.resolve() };
}

async function openToken(id: string, pin: string): Promise<OpenKey> {
  const [, serial = '', keyId = ''] = id.split(':');
  const here = (await tokensHere()).find(({ token }) => token.serial === serial);
  if (here === undefined) throw new AppError('signing.token-absent');
  const key = await here.tokens.openKey({ serial, keyId, pin: new TextEncoder().encode(pin) });
  return { key, close: key.close };
}
