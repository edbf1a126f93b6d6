import { Box } from '@mantine/core';
import { sentenceOf } from './sentence-of.ts';
import { useWords } from './use-words.ts';
import './import-lines.css';

const shownAtMost = 500;

/** A line of a file, as it would be taken or with everything that is wrong with it. */
export type ImportedLine = Readonly<{
  line: number;
  cells: readonly string[];
  errors: readonly Readonly<{ code: string; params: Readonly<Record<string, string | number>> }>[];
}>;

type ImportLinesProps = Readonly<{
  label: string;
  /** The line's number first. */
  columns: readonly string[];
  lines: readonly ImportedLine[];
  /** Said of those too many to be shown. */
  more: (count: number) => string;
}>;

/** The lines of a file before it is taken; those that cannot be come first, each with why not. */
export function ImportLines({ label, columns, lines, more }: ImportLinesProps) {
  const ordered = lines.toSorted(
    (a, b) => Number(a.errors.length === 0) - Number(b.errors.length === 0) || a.line - b.line,
  );
  return (
    <Box className="import-lines" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, shownAtMost).map((line) => (
            <Line key={line.line} line={line} />
          ))}
        </tbody>
      </table>
      {lines.length > shownAtMost && <p className="dim">{more(lines.length - shownAtMost)}</p>}
    </Box>
  );
}

function Line({ line: { line, cells, errors } }: Readonly<{ line: ImportedLine }>) {
  const words = useWords();
  const isWrong = errors.length > 0;
  return (
    <>
      <tr className={isWrong ? 'import-fault' : undefined}>
        <td className="figures" rowSpan={isWrong ? 2 : 1}>
          {line}
        </td>
        {cells.map((cell, place) => (
          // The columns of a line never move.
          <td key={`${line}.${String(place)}`}>{cell}</td>
        ))}
      </tr>
      {isWrong && (
        <tr>
          <td colSpan={cells.length}>
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
