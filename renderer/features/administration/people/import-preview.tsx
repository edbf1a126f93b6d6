import { Box } from '@mantine/core';
import type { ImportLine } from '#shared/directory/public.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { useWords } from '../../../ui/use-words.ts';
import './people.css';

const shownAtMost = 500;

/** The lines of a people file as they would be taken; those that cannot be come first, each with why not. */
export function ImportPreview({ lines }: Readonly<{ lines: readonly ImportLine[] }>) {
  const words = useWords();
  const ordered = lines.toSorted(
    (a, b) => Number(a.errors.length === 0) - Number(b.errors.length === 0) || a.line - b.line,
  );
  const columns = ['line', 'name', 'post', 'unit', 'roles', 'email'] as const;
  return (
    <Box
      className="import-lines"
      role="region"
      aria-label={words('administration.import.lines')}
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {words(`administration.import.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, shownAtMost).map((line) => (
            <PreviewLine key={line.line} line={line} />
          ))}
        </tbody>
      </table>
      {lines.length > shownAtMost && (
        <p className="dim">{words('administration.import.more', { count: lines.length - shownAtMost })}</p>
      )}
    </Box>
  );
}

function PreviewLine({
  line: { line, name, post, unit, roles, email, errors },
}: Readonly<{ line: ImportLine }>) {
  const words = useWords();
  return (
    <>
      <tr className={errors.length > 0 ? 'import-fault' : undefined}>
        <td className="figures" rowSpan={errors.length > 0 ? 2 : 1}>
          {line}
        </td>
        <td>{name}</td>
        <td>{post}</td>
        <td>{unit}</td>
        <td>{roles.map((role) => words(`role.${role}`)).join(', ')}</td>
        <td>{email}</td>
      </tr>
      {errors.length > 0 && (
        <tr>
          <td colSpan={5}>
            <ul className="import-sentences">
              {errors.map((error) => (
                <li key={error.code}>{sentenceOf(error, words)}</li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </>
  );
}
