import type { Migration } from './migration.ts';

/**
 * Taking a paper back looks for who may read it, once for its rows and once for each foreign key: without these it read
 * every row there is, two hundred times over when two hundred guesses were taken back.
 */
export const readersByDocument: Migration = {
  version: 170,
  name: 'readers-by-document',
  up(db) {
    db.exec(`
      CREATE INDEX document_person_by_document ON document_person (document);
      CREATE INDEX document_unit_by_document ON document_unit (document);
      CREATE INDEX certified_copy_by_document ON certified_copy (document);
    `);
  },
};
