import { createHash, type Hash } from 'node:crypto';
import type { CanonicalMode } from './canonical.ts';

export const digestNames = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
export type DigestName = (typeof digestNames)[number];

export type DigestChoice = Readonly<{ mode: CanonicalMode; digest: DigestName }>;

/** The digest of the canonical message, taken while it is read. */
export type RunningDigest = Readonly<{
  write: (mode: CanonicalMode, text: string) => void;
  /** Whether anybody listens in this form. */
  takes: (mode: CanonicalMode) => boolean;
  /** What the signature says it used; what came before it was held until now. */
  choose: (choice: DigestChoice) => void;
  /** Attachments begin and no signature has been read: nothing of what follows is held. */
  giveUp: () => void;
  value: () => Buffer | null;
}>;

const flushChars = 16 * 1024;

export function openDigest(): RunningDigest {
  let held: Record<CanonicalMode, string[]> | null = { inclusive: [], exclusive: [] };
  let chosen: Readonly<{ mode: CanonicalMode; hash: Hash }> | null = null;
  let unsaid = '';

  function flush(): void {
    chosen?.hash.update(unsaid, 'utf8');
    unsaid = '';
  }

  return {
    write: (mode, text) => {
      held?.[mode].push(text);
      if (chosen?.mode !== mode) return;
      unsaid += text;
      if (unsaid.length > flushChars) flush();
    },
    takes: (mode) => held !== null || chosen?.mode === mode,
    choose: ({ mode, digest }) => {
      if (held === null) return;
      chosen = { mode, hash: createHash(digest).update(held[mode].join(''), 'utf8') };
      held = null;
    },
    giveUp: () => {
      held = null;
    },
    value: () => {
      flush();
      return chosen?.hash.copy().digest() ?? null;
    },
  };
}
