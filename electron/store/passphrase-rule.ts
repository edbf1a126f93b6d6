import { AppError } from '#shared/kernel/public.ts';

/** One spelling for the same letters, because keyboards and systems compose Vietnamese marks differently. */
export function normalPassphrase(passphrase: string): string {
  return passphrase.normalize('NFC');
}

/** At least 8 characters with lower, upper, digit and special (QCVN 12:2026/BCA); Vietnamese letters are letters. */
export function isStrongPassphrase(passphrase: string): boolean {
  const text = normalPassphrase(passphrase);
  const kinds = [/^.{8,}$/su, /\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[\p{P}\p{S}]/u];
  return kinds.every((kind) => kind.test(text));
}

export function assertStrongPassphrase(passphrase: string): void {
  if (!isStrongPassphrase(passphrase)) throw new AppError('store.weak-passphrase');
}
