import { canonicalJson, chainHash, genesisHash, type ChainedEntry, type Hash } from '../../kernel/public.ts';

export type ChainVerdict =
  | Readonly<{ ok: true; entries: number; head: Hash }>
  | Readonly<{ ok: false; entries: number; brokenAt: number }>;

/** One decision as it is exported: the very bytes its hash is over stand in the line (RFC 8785), `docs/audit.md`. */
export function auditLine({ entry, hash }: ChainedEntry): string {
  return canonicalJson({ entry, hash });
}

/** Walks a log from its first entry and says where, if anywhere, it was changed. */
export function walkChain(entries: Iterable<ChainedEntry>): ChainVerdict {
  let hash = genesisHash;
  let seq = 0;
  for (const { entry, hash: kept } of entries) {
    if (entry.seq !== seq + 1 || chainHash(hash, entry) !== kept) {
      return { ok: false, entries: seq, brokenAt: seq + 1 };
    }
    hash = kept;
    seq = entry.seq;
  }
  return { ok: true, entries: seq, head: hash };
}
