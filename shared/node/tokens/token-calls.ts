import type { ErrorCode, ErrorParams } from '../../kernel/public.ts';

/** Whether the PIN of a token still opens it: CKF_USER_PIN_COUNT_LOW, _FINAL_TRY and _LOCKED (PKCS#11 3.2). */
export type PinState = 'fine' | 'low' | 'last-try' | 'locked';

/** A certificate on a token whose private key is there too; the key's id in hex. */
export type TokenCertificate = Readonly<{ keyId: string; label: string; certificate: Uint8Array }>;

/** A token in a reader, as it can be read without its PIN. */
export type Token = Readonly<{
  serial: string;
  label: string;
  manufacturer: string;
  pin: PinState;
  certificates: readonly TokenCertificate[];
}>;

export type Calls = Readonly<{
  list: { asked: null; answer: readonly Token[] };
  /** Opens a key with its PIN; it stays open for a batch, until `close`. */
  open: { asked: Readonly<{ serial: string; keyId: string; pin: Uint8Array }>; answer: number };
  /** `digest` is SHA-256; RSA answers PKCS#1 v1.5, EC answers raw r‖s. */
  sign: { asked: Readonly<{ key: number; digest: Uint8Array }>; answer: Uint8Array };
  close: { asked: Readonly<{ key: number }>; answer: null };
}>;
export type CallName = keyof Calls;

/** What the process that holds the token is asked, and what it answers. */
export type Question = {
  [Name in CallName]: Readonly<{ n: number; call: Name; asked: Calls[Name]['asked'] }>;
}[CallName];
export type Answer =
  | Readonly<{ n: number; ok: true; value: unknown }>
  | Readonly<{ n: number; ok: false; code: ErrorCode; params: ErrorParams }>;
