import { createRequire } from 'node:module';
import type * as Pkcs11 from 'pkcs11js';
import { AppError, type ErrorCode } from '../../kernel/public.ts';
import type { PinState, Token, TokenCertificate } from './token-calls.ts';

type Library = Pkcs11.PKCS11;
type Handle = Pkcs11.Handle;
type OpenKey = Readonly<{ slot: Handle; session: Handle; key: Handle; isRsa: boolean; pin: Uint8Array }>;

/** The calls of one token module (PKCS#11 2.40), synchronous: they run in a process of their own. */
export type Cryptoki = Readonly<{
  list: () => Token[];
  open: (serial: string, keyId: string, pin: Uint8Array) => number;
  sign: (key: number, digest: Uint8Array) => Uint8Array;
  close: (key: number) => void;
  end: () => void;
}>;

// The DER of DigestInfo up to the hash itself, for tokens that only know the raw mechanism (RFC 8017 9.2).
const sha256DigestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** Loads a vendor's module; errors are AppErrors with a sentence each, never the module's own numbers alone. */
export function openCryptoki(modulePath: string): Cryptoki {
  // Native code, and optional where it could not be built: asked for only when a token is.
  const p11 = createRequire(import.meta.url)('pkcs11js') as typeof Pkcs11;
  const library: Library = new p11.PKCS11();
  const said = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw refusalFor(error, modulePath);
    }
  };
  said(() => {
    library.load(modulePath);
    library.C_Initialize();
  });
  const keys = new Map<number, OpenKey>();
  let lastKey = 0;

  /** Slots with a token that was set up; an empty one has nothing to sign with. */
  function slots(): Handle[] {
    return library
      .C_GetSlotList(true)
      .filter((slot) => (library.C_GetTokenInfo(slot).flags & p11.CKF_TOKEN_INITIALIZED) !== 0);
  }

  function list(): Token[] {
    return slots().map((slot) => {
      const info = library.C_GetTokenInfo(slot);
      return {
        serial: info.serialNumber.trim(),
        label: info.label.trim(),
        manufacturer: info.manufacturerID.trim(),
        pin: pinState(info.flags),
        certificates: certificatesIn(slot),
      };
    });
  }

  function pinState(flags: number): PinState {
    if ((flags & p11.CKF_USER_PIN_LOCKED) !== 0) return 'locked';
    if ((flags & p11.CKF_USER_PIN_FINAL_TRY) !== 0) return 'last-try';
    return (flags & p11.CKF_USER_PIN_COUNT_LOW) === 0 ? 'fine' : 'low';
  }

  function certificatesIn(slot: Handle): TokenCertificate[] {
    const session = library.C_OpenSession(slot, p11.CKF_SERIAL_SESSION);
    try {
      return find(session, [{ type: p11.CKA_CLASS, value: p11.CKO_CERTIFICATE }]).map((object) => ({
        keyId: bytesOf(session, object, p11.CKA_ID).toString('hex'),
        label: bytesOf(session, object, p11.CKA_LABEL).toString('utf8'),
        certificate: new Uint8Array(bytesOf(session, object, p11.CKA_VALUE)),
      }));
    } finally {
      library.C_CloseSession(session);
    }
  }

  function find(session: Handle, template: Pkcs11.Template): Handle[] {
    library.C_FindObjectsInit(session, template);
    try {
      const found: Handle[] = [];
      for (;;) {
        const some = library.C_FindObjects(session, 32);
        if (some.length === 0) return found;
        found.push(...some);
      }
    } finally {
      library.C_FindObjectsFinal(session);
    }
  }

  function bytesOf(session: Handle, object: Handle, type: number): Buffer {
    const [attribute] = library.C_GetAttributeValue(session, object, [{ type }]);
    const value = attribute?.value;
    return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
  }

  function open(serial: string, keyId: string, pin: Uint8Array): number {
    const slot = slots().find((one) => library.C_GetTokenInfo(one).serialNumber.trim() === serial);
    if (slot === undefined) throw new AppError('signing.token-absent');
    // A token that is open already takes any PIN: whoever comes next has to open it themselves.
    for (const [number, open] of keys) if (open.slot.equals(slot)) close(number);
    const session = library.C_OpenSession(slot, p11.CKF_SERIAL_SESSION);
    try {
      library.C_Login(session, p11.CKU_USER, textOf(pin));
      const [key] = find(session, [
        { type: p11.CKA_CLASS, value: p11.CKO_PRIVATE_KEY },
        { type: p11.CKA_ID, value: Buffer.from(keyId, 'hex') },
      ]);
      if (key === undefined) throw new AppError('signing.token-without-key');
      const isRsa = bytesOf(session, key, p11.CKA_KEY_TYPE).readUInt8(0) === p11.CKK_RSA;
      lastKey += 1;
      keys.set(lastKey, { slot, session, key, isRsa, pin });
      return lastKey;
    } catch (error) {
      library.C_CloseSession(session);
      pin.fill(0);
      throw error;
    }
  }

  function sign(number: number, digest: Uint8Array): Uint8Array {
    const open = keys.get(number);
    if (open === undefined) throw new AppError('signing.token-absent');
    const { session, key, isRsa, pin } = open;
    const mechanism = isRsa ? p11.CKM_RSA_PKCS : p11.CKM_ECDSA;
    library.C_SignInit(session, { mechanism }, key);
    // Asked for at every signature where the key says so (CKA_ALWAYS_AUTHENTICATE).
    if (bytesOf(session, key, p11.CKA_ALWAYS_AUTHENTICATE).at(0) === 1) {
      library.C_Login(session, p11.CKU_CONTEXT_SPECIFIC, textOf(pin));
    }
    const data = isRsa ? Buffer.concat([sha256DigestInfo, digest]) : Buffer.from(digest);
    return new Uint8Array(library.C_Sign(session, data, Buffer.alloc(1024)));
  }

  function close(number: number): void {
    const open = keys.get(number);
    if (open === undefined) return;
    keys.delete(number);
    open.pin.fill(0);
    try {
      if (![...keys.values()].some(({ slot }) => slot.equals(open.slot))) library.C_Logout(open.session);
      library.C_CloseSession(open.session);
    } catch {
      // The token is out already: nothing of it is open any more.
    }
  }

  return {
    list: () => said(list),
    open: (serial, keyId, pin) => said(() => open(serial, keyId, pin)),
    sign: (key, digest) => said(() => sign(key, digest)),
    close,
    end: () => {
      for (const key of keys.keys()) close(key);
      library.C_Finalize();
    },
  };
}

function textOf(pin: Uint8Array): string {
  return new TextDecoder().decode(pin);
}

function codeOf(error: unknown): number | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : null;
}

/** Return values of PKCS#11 (pkcs11t.h), with what a person can do about them. */
const refusals: Readonly<Record<number, ErrorCode>> = {
  0x03: 'signing.token-absent', // CKR_SLOT_ID_INVALID
  0x31: 'signing.token-removed', // CKR_DEVICE_MEMORY
  0x32: 'signing.token-removed', // CKR_DEVICE_REMOVED
  0xa0: 'signing.wrong-token-pin', // CKR_PIN_INCORRECT
  0xa1: 'signing.wrong-token-pin', // CKR_PIN_INVALID
  0xa2: 'signing.wrong-token-pin', // CKR_PIN_LEN_RANGE
  0xa4: 'signing.token-locked', // CKR_PIN_LOCKED
  0xb0: 'signing.token-removed', // CKR_SESSION_CLOSED
  0xb3: 'signing.token-removed', // CKR_SESSION_HANDLE_INVALID
  0xe0: 'signing.token-absent', // CKR_TOKEN_NOT_PRESENT
  0xe1: 'signing.token-not-recognised', // CKR_TOKEN_NOT_RECOGNIZED
};

function refusalFor(error: unknown, modulePath: string): AppError {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (code === null || code === 0) return new AppError('signing.token-driver', { driver: modulePath }, error);
  const known = refusals[code];
  if (known !== undefined) return new AppError(known, {}, error);
  return new AppError('signing.token-fault', { code: `0x${code.toString(16)}` }, error);
}
