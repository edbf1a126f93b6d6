import { spawnSync } from 'node:child_process';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Pkcs11 from 'pkcs11js';

const p11 = createRequire(import.meta.url)('pkcs11js') as typeof Pkcs11;
export const softModule = '/usr/lib/softhsm/libsofthsm2.so';
export const softPin = '24681357';

type Kept = Readonly<{ id: string; key: KeyObject; certificate: Uint8Array; alwaysAsks?: boolean }>;

/**
 * A token in software (SoftHSM2) with these keys on it, for this process and those it starts; the returned function
 * takes it away.
 */
export function softToken(
  label: string,
  kept: readonly Kept[],
): Readonly<{ folder: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'antin-token-'));
  mkdirSync(join(folder, 'tokens'));
  const conf = join(folder, 'softhsm2.conf');
  writeFileSync(
    conf,
    `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  process.env['SOFTHSM2_CONF'] = conf;
  const pins = ['--so-pin', '12345678', '--pin', softPin];
  const made = spawnSync('softhsm2-util', ['--init-token', '--free', '--label', label, ...pins]);
  if (made.status !== 0) throw new Error(`softhsm2-util: ${made.stderr.toString()}`);
  keep(label, kept);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function keep(label: string, kept: readonly Kept[]): void {
  const library = new p11.PKCS11();
  library.load(softModule);
  library.C_Initialize();
  try {
    const slot = library
      .C_GetSlotList(true)
      .find((one) => library.C_GetTokenInfo(one).label.trim() === label);
    if (slot === undefined) throw new Error('The token that was made is not there');
    const session = library.C_OpenSession(slot, p11.CKF_SERIAL_SESSION | p11.CKF_RW_SESSION);
    library.C_Login(session, p11.CKU_USER, softPin);
    for (const one of kept) {
      library.C_CreateObject(session, certificateTemplate(one));
      library.C_CreateObject(session, keyTemplate(one));
    }
  } finally {
    library.C_Finalize();
  }
}

function certificateTemplate({ id, certificate }: Kept): Pkcs11.Template {
  return [
    { type: p11.CKA_CLASS, value: p11.CKO_CERTIFICATE },
    { type: p11.CKA_CERTIFICATE_TYPE, value: p11.CKC_X_509 },
    { type: p11.CKA_TOKEN, value: true },
    { type: p11.CKA_PRIVATE, value: false },
    { type: p11.CKA_SUBJECT, value: Buffer.from('3000', 'hex') },
    { type: p11.CKA_ID, value: Buffer.from(id, 'hex') },
    { type: p11.CKA_LABEL, value: `key ${id}` },
    { type: p11.CKA_VALUE, value: Buffer.from(certificate) },
  ];
}

function keyTemplate({ id, key, alwaysAsks = false }: Kept): Pkcs11.Template {
  const common = [
    { type: p11.CKA_CLASS, value: p11.CKO_PRIVATE_KEY },
    { type: p11.CKA_TOKEN, value: true },
    { type: p11.CKA_PRIVATE, value: true },
    { type: p11.CKA_SENSITIVE, value: true },
    { type: p11.CKA_SIGN, value: true },
    { type: p11.CKA_ID, value: Buffer.from(id, 'hex') },
    { type: p11.CKA_ALWAYS_AUTHENTICATE, value: alwaysAsks },
  ];
  const jwk = key.export({ format: 'jwk' });
  const part = (name: 'n' | 'e' | 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qi') =>
    Buffer.from(jwk[name] ?? '', 'base64url');
  if (key.asymmetricKeyType === 'rsa') {
    return [
      ...common,
      { type: p11.CKA_KEY_TYPE, value: p11.CKK_RSA },
      { type: p11.CKA_MODULUS, value: part('n') },
      { type: p11.CKA_PUBLIC_EXPONENT, value: part('e') },
      { type: p11.CKA_PRIVATE_EXPONENT, value: part('d') },
      { type: p11.CKA_PRIME_1, value: part('p') },
      { type: p11.CKA_PRIME_2, value: part('q') },
      { type: p11.CKA_EXPONENT_1, value: part('dp') },
      { type: p11.CKA_EXPONENT_2, value: part('dq') },
      { type: p11.CKA_COEFFICIENT, value: part('qi') },
    ];
  }
  return [
    ...common,
    { type: p11.CKA_KEY_TYPE, value: p11.CKK_EC },
    { type: p11.CKA_EC_PARAMS, value: curveOf(key) },
    { type: p11.CKA_VALUE, value: part('d') },
  ];
}

/** The named curve's OID, cut out of the public key's own DER. */
function curveOf(key: KeyObject): Buffer {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const start = spki.indexOf(Buffer.from('06072a8648ce3d0201', 'hex')) + 9;
  return Buffer.from(spki.subarray(start, start + 2 + (spki[start + 1] ?? 0)));
}
