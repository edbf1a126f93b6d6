import type { WriteDb } from '#shared/node/sqlite/public.ts';
import type { Desk } from '#electron/store/desk.ts';
import { newId } from './large-office.ts';

/**
 * The physical limit of one act: the very rows it leaves behind, written by bare prepared statements in one commit, with
 * nothing decided, folded, hashed or checked. Rolled into a far corner of the tables so that nothing collides.
 */
export function rawWriter({ db, log, agencyId }: Desk): () => void {
  const sample = sampleRows(db);
  const statements = {
    log: db.prepare('INSERT INTO log (seq, command_id, entry, hash) VALUES (?, ?, ?, ?)'),
    outbox: db.prepare("INSERT INTO outbox (command_id, body, status) VALUES (?, ?, 'acked')"),
    aggregate: db.prepare("INSERT INTO aggregate (kind, id, version, state) VALUES ('document', ?, 1, ?)"),
    document: db.prepare(
      `INSERT INTO document (id, direction, state, kind, notation, subject, issuer, unit, drafter, urgency, holder_kind,
         holder_id, since, returned, folded)
       VALUES (?, 'outgoing', 'draft', 'CV', 'S', ?, '', ?, ?, 'normal', 'person', ?, ?, 0, ?)`,
    ),
    person: db.prepare('INSERT INTO document_person (person, document) VALUES (?, ?)'),
    unit: db.prepare('INSERT INTO document_unit (unit, document) VALUES (?, ?)'),
    timeline: db.prepare('INSERT INTO timeline (document, seq) VALUES (?, ?)'),
    tally: db.prepare(
      "UPDATE tally SET documents = documents + 1 WHERE direction = 'outgoing' AND state = 'draft'",
    ),
    waiting: db.prepare(
      `INSERT INTO waiting (who, due_key, since, document, why, task, origin)
       VALUES (?, '9999-12-31', ?, ?, 'draft', NULL, ?)`,
    ),
    fts: db.prepare('INSERT INTO document_fts (rowid, folded) VALUES (?, ?)'),
  };
  let seq = log.head().seq;
  const write = db.transaction(() => {
    const id = newId();
    const at = new Date().toISOString();
    seq += 1;
    statements.log.run(seq, newId(), sample.entry, sample.hash);
    statements.outbox.run(newId(), sample.body);
    statements.aggregate.run(id, sample.state);
    const { lastInsertRowid: n } = statements.document.run(
      id,
      'thử',
      agencyId,
      agencyId,
      agencyId,
      at,
      's cv thu',
    );
    statements.person.run(agencyId, n);
    statements.unit.run(agencyId, n);
    statements.timeline.run(n, seq);
    statements.tally.run();
    statements.waiting.run(agencyId, at, id, id);
    statements.fts.run(n, 's cv thu');
  });
  return () => {
    write.immediate();
  };
}

function sampleRows(db: WriteDb) {
  const [entry, hash] = db
    .prepare('SELECT entry, hash FROM log ORDER BY seq DESC LIMIT 1')
    .raw()
    .get() as string[];
  const [body] = db.prepare('SELECT body FROM outbox ORDER BY dseq DESC LIMIT 1').raw().get() as string[];
  const [state] = db
    .prepare(
      `SELECT a.state FROM aggregate a JOIN document d ON d.id = a.id AND a.kind = 'document'
        WHERE d.direction = 'outgoing' ORDER BY d.n DESC LIMIT 1`,
    )
    .raw()
    .get() as string[];
  return { entry, hash, body, state };
}
