import { Checkbox, Table } from '@mantine/core';
import type { DueFile } from '#shared/dossiers/public.ts';
import type { DossierId } from '#shared/kernel/public.ts';
import { StateMark } from '../../ui/marks.tsx';
import { formatDay } from '../../ui/moments.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { sayRetention } from './retention-words.ts';

type DueTableProps = Readonly<{
  files: readonly DueFile[];
  chosen: ReadonlySet<DossierId>;
  /** Null for whoever only looks. */
  onChoose: ((chosen: ReadonlySet<DossierId>) => void) | null;
}>;

/** Files whose term is over; what a case or a freeze keeps says so. */
export function DueTable({ files, chosen, onChoose }: DueTableProps) {
  const words = useWords();
  const choose = (id: DossierId, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    onChoose?.(next);
  };
  return (
    <Table aria-label={words('place.disposals')} highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          {onChoose !== null && <Table.Th w="2.5rem" aria-label={words('disposals.choose')} />}
          <Table.Th>{words('disposals.print.column.code')}</Table.Th>
          <Table.Th>{words('disposals.print.column.title')}</Table.Th>
          <Table.Th>{words('dossiers.retention')}</Table.Th>
          <Table.Th>{words('disposals.print.column.keptUntil')}</Table.Th>
          <Table.Th>{words('disposals.papers')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {files.map(({ id, code, title, retention, keptUntil, papers, stays }) => (
          <Table.Tr key={id}>
            {onChoose !== null && (
              <Table.Td>
                <Checkbox
                  size="xs"
                  aria-label={words('disposals.chooseOne', { code })}
                  checked={chosen.has(id)}
                  onChange={(event) => {
                    choose(id, event.currentTarget.checked);
                  }}
                />
              </Table.Td>
            )}
            <Table.Td>{code}</Table.Td>
            <Table.Td>
              {title}
              {stays !== null && (
                <div>
                  <StateMark label={words('holds.kept')} tone="danger" />{' '}
                  <span className="dim">{sentenceOf(stays, words)}</span>
                </div>
              )}
            </Table.Td>
            <Table.Td>{sayRetention(retention, words)}</Table.Td>
            <Table.Td>{formatDay(keptUntil)}</Table.Td>
            <Table.Td>{papers}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
