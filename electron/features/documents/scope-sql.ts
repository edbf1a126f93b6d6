import type { ReadingScope } from '#shared/directory/public.ts';

export type ScopeSql = Readonly<{ where: string; values: readonly string[] }>;

/** The reading scope as a condition on `document` or `dossier` (alias `d`); the rule itself is `mayRead` in the directory. */
export function scopeSql(scope: ReadingScope, of: 'document' | 'dossier' = 'document'): ScopeSql {
  const person = `EXISTS (SELECT 1 FROM ${of}_person p WHERE p.person = ? AND p.${of} = d.n)`;
  const unit = `EXISTS (SELECT 1 FROM ${of}_unit u WHERE u.unit = ? AND u.${of} = d.n)`;
  switch (scope.kind) {
    case 'agency':
      return { where: 'TRUE', values: [] };
    case 'unit':
      return { where: `(${unit} OR ${person}${archive(scope)})`, values: [scope.unit, scope.person] };
    case 'own':
      return { where: `(${person}${archive(scope)})`, values: [scope.person] };
    case 'archive':
      return { where: 'd.in_archive = 1', values: [] };
    case 'nothing':
      return { where: 'FALSE', values: [] };
  }
}

function archive(scope: Readonly<{ archive: boolean }>): string {
  return scope.archive ? ' OR d.in_archive = 1' : '';
}

/**
 * The same scope the other way round: the documents below a number that the reader may see, as a select of `n` to be
 * put in order and cut off. Only for those who read a part of the agency's papers.
 */
export function readableSql(
  scope: ReadingScope,
): Readonly<{ sql: string; values: (before: number) => readonly (string | number)[] }> {
  const person = 'SELECT document AS n FROM document_person WHERE person = ? AND document < ?';
  const inArchive = 'SELECT n FROM document WHERE in_archive = 1 AND n < ?';
  const also = (isArchivist: boolean) => (isArchivist ? ` UNION ${inArchive}` : '');
  switch (scope.kind) {
    case 'agency':
      return { sql: 'SELECT n FROM document WHERE n < ?', values: (before) => [before] };
    case 'unit':
      return {
        sql: `SELECT document AS n FROM document_unit WHERE unit = ? AND document < ? UNION ${person}${also(scope.archive)}`,
        values: (before) => [scope.unit, before, scope.person, before, ...(scope.archive ? [before] : [])],
      };
    case 'own':
      return {
        sql: `${person}${also(scope.archive)}`,
        values: (before) => [scope.person, before, ...(scope.archive ? [before] : [])],
      };
    case 'archive':
      return { sql: inArchive, values: (before) => [before] };
    case 'nothing':
      return { sql: 'SELECT n FROM document WHERE n < ? AND FALSE', values: (before) => [before] };
  }
}
