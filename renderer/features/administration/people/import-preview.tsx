import type { ImportLine } from '#shared/directory/public.ts';
import { ImportLines } from '../../../ui/import-lines.tsx';
import { useWords } from '../../../ui/use-words.ts';
import './people.css';

const columns = ['line', 'name', 'post', 'unit', 'roles', 'email'] as const;

/** The lines of a people file as they would be taken. */
export function ImportPreview({ lines }: Readonly<{ lines: readonly ImportLine[] }>) {
  const words = useWords();
  return (
    <ImportLines
      label={words('administration.import.lines')}
      columns={columns.map((column) => words(`administration.import.column.${column}`))}
      lines={lines.map(({ line, name, post, unit, roles, email, errors }) => ({
        line,
        cells: [name, post, unit, roles.map((role) => words(`role.${role}`)).join(', '), email ?? ''],
        errors,
      }))}
      more={(count) => words('administration.import.more', { count })}
    />
  );
}
