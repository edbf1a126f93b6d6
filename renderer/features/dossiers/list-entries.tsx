import { Button, Table } from '@mantine/core';
import type { ListEntry } from '#shared/dossiers/public.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { sayRetention } from './retention-words.ts';

/** The lines of a danh mục in the columns of NĐ 30 PL5; whoever may write them opens a line by its title. */
export function ListEntries(
  props: Readonly<{ entries: readonly ListEntry[]; onChange: ((entry: ListEntry) => void) | null }>,
) {
  const { entries, onChange } = props;
  const words = useWords();
  const { nameOf } = useDirectory();
  return (
    <Table stickyHeader>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words('dossiers.code')}</Table.Th>
          <Table.Th>{words('dossiers.entry.title')}</Table.Th>
          <Table.Th>{words('dossiers.retention')}</Table.Th>
          <Table.Th>{words('dossiers.maker')}</Table.Th>
          <Table.Th>{words('dossiers.note')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => (
          <Table.Tr key={entry.code}>
            <Table.Td>{entry.code}</Table.Td>
            <Table.Td>
              {entry.heading !== '' && <span className="dim">{entry.heading} · </span>}
              {onChange === null ? (
                entry.title
              ) : (
                <Button
                  size="compact-sm"
                  variant="transparent"
                  onClick={() => {
                    onChange(entry);
                  }}
                >
                  {entry.title}
                </Button>
              )}
            </Table.Td>
            <Table.Td>{sayRetention(entry.retention, words)}</Table.Td>
            <Table.Td>{entry.maker === null ? '' : nameOf(entry.maker)}</Table.Td>
            <Table.Td>{entry.note}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
