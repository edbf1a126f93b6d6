import { AppError, type DocumentId } from '#shared/kernel/public.ts';
import { mayRead, type ReadingScope } from '#shared/directory/public.ts';
import {
  documentAggregate,
  mustBeKept,
  type DocumentPage,
  type Lineage,
  type OfficialDocument,
  type StoredFile,
} from '#shared/documents/public.ts';
import { deliveryAggregate } from '#shared/exchange/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { guessesFrom } from '../../store/guesses.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { documentRow, rowColumns } from './rows.ts';
import { scopeSql } from './scope-sql.ts';
import { storyOf } from './story.ts';

/** A document the reader may see; anything else is "not there", so that nobody learns what exists. */
export function readableDocument(db: ReadDb, scope: ReadingScope, id: DocumentId): OfficialDocument {
  const document = readState(db, documentAggregate, id);
  if (document === null || !mayRead(scope, document)) throw new AppError('documents.unknown');
  return document;
}

export function documentPage(db: ReadDb, scope: ReadingScope, id: DocumentId): OwnPage {
  const document = readableDocument(db, scope, id);
  const row = prepared(db, `SELECT ${rowColumns} FROM document d WHERE d.id = ?`).get(id);
  const story = storyOf(db, id);
  return {
    document,
    row: documentRow(row),
    timeline: [...story.acts],
    linked: linkedTo(db, scope, document),
    entryHash: story.hash as OwnPage['entryHash'],
  };
}

type OwnPage = Omit<DocumentPage, 'kept' | 'asked'>;

/** A number that only the server gives is not shown before it has (`sync.md` 3.7). */
export function withoutGuessedNumber(page: OwnPage): OwnPage {
  const { document, row, timeline } = page;
  if (!row.awaitsNumber || document.direction !== 'incoming') return page;
  return {
    ...page,
    document: { ...document, arrival: null },
    timeline: timeline.map((act) => (act.seq < guessesFrom ? act : { ...act, body: numberless(act.body) })),
  };
}

function numberless(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'arrival' in body
    ? { ...body, arrival: undefined }
    : body;
}

/** The file of a document by its hash: any version, signature, attachment or copy of it, and nothing else. */
export function fileOf(document: OfficialDocument, hash: string): StoredFile {
  mustBeKept(document);
  const own =
    document.direction === 'incoming'
      ? [document.file, ...(document.attachments ?? []), document.mail]
      : [
          document.file,
          ...document.versions.map((version) => version.file),
          ...document.circuit.map((step) => step.fileAfter),
          ...document.attachments,
          ...document.sealedAttachments.map(({ file }) => file),
        ];
  const files = [...own, ...[...document.certifiedCopies, ...document.proofs].map(({ file }) => file)];
  const found = files.find((file) => file?.hash === hash);
  if (!found) throw new AppError('documents.unknown-file');
  return found;
}

function linkedTo(db: ReadDb, scope: ReadingScope, document: OfficialDocument): DocumentPage['linked'] {
  const { where, values } = scopeSql(scope);
  const byId = prepared(db, `SELECT ${rowColumns} FROM document d WHERE d.id = ? AND ${where}`);
  const find = (relation: DocumentPage['linked'][number]['relation'], id: string) => {
    const row = byId.get(id, ...values);
    return row === undefined ? [] : [{ relation, document: documentRow(row) }];
  };
  const lineage = lineageOf(db, document).flatMap(({ how, document: other }) => find(how, other));
  if (document.direction === 'outgoing') {
    return [...lineage, ...(document.repliesTo === null ? [] : find('repliesTo', document.repliesTo))];
  }
  const replies = document.replies.flatMap((reply) => find('repliedBy', reply));
  const twins = duplicatesOf(db, document.id).flatMap((twin) => find('duplicateOf', twin));
  return [...lineage, ...replies, ...twins];
}

/** What it replaces or corrects and what does that to it: our own papers say so, received ones by how they came. */
function lineageOf(db: ReadDb, document: OfficialDocument): readonly Lineage[] {
  if (document.direction === 'outgoing') return document.lineage ?? [];
  const delivery = document.origin && readState(db, deliveryAggregate, document.origin.delivery);
  if (!delivery) return [];
  const older = delivery.kind === 'update' ? 'corrects' : 'replaces';
  const paperOf = (how: Lineage['how'], id: string): readonly Lineage[] => {
    const other = readState(db, deliveryAggregate, id)?.document ?? null;
    return other === null ? [] : [{ how, document: other }];
  };
  return [
    ...delivery.refs.flatMap((id) => paperOf(older, id)),
    ...delivery.succeededBy.flatMap(({ kind, delivery: id }) =>
      paperOf(kind === 'update' ? 'corrected-by' : 'replaced-by', id),
    ),
  ];
}

/** Received papers with the same bytes, or the same number, symbol and issuer (NĐ 30 PL6). */
export function duplicatesOf(db: ReadDb, id: string): string[] {
  const rows = prepared(
    db,
    `SELECT other.id FROM document me JOIN document other
       ON other.n <> me.n AND other.direction = 'incoming' AND other.state <> 'refused'
      AND (other.file_hash = me.file_hash OR other.same_paper = me.same_paper)
     WHERE me.id = ? ORDER BY other.n LIMIT 20`,
  ).all(id) as { id: string }[];
  return rows.map((row) => row.id);
}
