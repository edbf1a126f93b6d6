import type { ReadingScope } from '#shared/directory/public.ts';

export type ScopeSql = Readonly<{ where: string; values: readonly string[] }>;

/** The reading scope as a condition on `document` (alias `d`); the rule itself is `mayRead` in the directory. */
export function scopeSql(scope: ReadingScope): ScopeSql {
  const person = 'EXISTS (SELECT 1 FROM document_person p WHERE p.person = ? AND p.document = d.n)';
  const unit = 'EXISTS (SELECT 1 FROM document_unit u WHERE u.unit = ? AND u.document = d.n)';
  switch (scope.kind) {
    case 'agency':
      return { where: 'TRUE', values: [] };
    case 'unit':
      return { where: `(${unit} OR ${person})`, values: [scope.unit, scope.person] };
    case 'own':
      return { where: person, values: [scope.person] };
    case 'nothing':
      return { where: 'FALSE', values: [] };
  }
}
