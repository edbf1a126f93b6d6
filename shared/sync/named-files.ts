import type { Act, DocumentId, Hash } from '../kernel/public.ts';
import { filesIn, hashesIn } from './files.ts';

/** Which files a log speaks of, act by act in its order. */
export type NamedFiles = Readonly<{
  add: (acts: readonly Act[]) => void;
  /** Whether a paper that was not destroyed, or anything else, speaks of it. */
  isNamed: (hash: Hash) => boolean;
  /** Every stored file that something still speaks of. */
  files: () => ReadonlySet<Hash>;
  /** Papers that were destroyed. */
  destroyedPapers: () => readonly DocumentId[];
  /** Those that only destroyed papers spoke of. */
  destroyed: () => ReadonlySet<Hash>;
}>;

/**
 * A destroyed paper speaks of nothing any more, in whatever act it ever named a file: drafts, attachments, copies and proofs
 * go with it, and the bytes that another living paper has as well stay (TT 05/2025/TT-BNV).
 */
export function namedFiles(): NamedFiles {
  const byPaper = new Map<string, Hash[]>();
  const files = new Set<Hash>();
  const counts = new Map<Hash, number>();
  const gone = new Set<Hash>();
  const papers: DocumentId[] = [];
  const count = (hash: Hash, by: 1 | -1): void => void counts.set(hash, (counts.get(hash) ?? 0) + by);
  const isNamed = (hash: Hash): boolean => (counts.get(hash) ?? 0) > 0;
  return {
    add: (acts) => {
      for (const { type, on, body } of acts) {
        const hashes = [...hashesIn(body)];
        for (const hash of hashes) count(hash, 1);
        for (const { hash } of filesIn(body)) files.add(hash);
        if (on.kind !== 'document') continue;
        const named = byPaper.get(on.id) ?? [];
        if (hashes.length > 0) byPaper.set(on.id, [...named, ...hashes]);
        if (type !== 'documentDestroyed') continue;
        for (const hash of named) {
          count(hash, -1);
          gone.add(hash);
        }
        byPaper.delete(on.id);
        papers.push(on.id as DocumentId);
      }
    },
    isNamed,
    destroyedPapers: () => papers,
    files: () => new Set([...files].filter(isNamed)),
    destroyed: () => new Set([...gone].filter((hash) => !isNamed(hash))),
  };
}
