import { Table } from '@mantine/core';
import type { HandOverPage } from '#shared/dossiers/public.ts';
import type { DossierId } from '#shared/kernel/public.ts';
import { formatDay } from '../../ui/moments.ts';
import { useWords } from '../../ui/use-words.ts';
import { GivenBackWhy } from './given-back-why.tsx';
import { sayRetention } from './retention-words.ts';

type HandOverFilesProps = Readonly<{ page: HandOverPage; onFile: (id: DossierId) => void }>;

/** Mục lục hồ sơ nộp lưu (NĐ 30 PL5), each file to be looked into, and why it was given back where it was. */
export function HandOverFiles({ page: { handOver, files }, onFile }: HandOverFilesProps) {
  const words = useWords();
  return (
    <section className="dossier-contents" aria-label={words('handOvers.list')}>
      <h3>{words('handOvers.list')}</h3>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words('dossiers.column.n')}</Table.Th>
            <Table.Th>{words('dossiers.code')}</Table.Th>
            <Table.Th>{words('dossiers.title')}</Table.Th>
            <Table.Th>{words('dossiers.period')}</Table.Th>
            <Table.Th>{words('dossiers.retention')}</Table.Th>
            <Table.Th>{words('handOvers.outcome')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {handOver.files.map(({ dossier: id, code, title, givenBack }, place) => {
            const row = files[place] ?? null;
            return (
              <Table.Tr key={id}>
                <Table.Td className="figures">{place + 1}</Table.Td>
                <Table.Td>{code}</Table.Td>
                <Table.Td>
                  {row === null ? (
                    title
                  ) : (
                    <button
                      type="button"
                      className="link-button"
                      onClick={() => {
                        onFile(id);
                      }}
                    >
                      {title}
                    </button>
                  )}
                </Table.Td>
                <Table.Td className="figures">
                  {row === null
                    ? ''
                    : [row.startedOn, row.endedOn ?? row.startedOn].map((day) => formatDay(day)).join(' – ')}
                </Table.Td>
                <Table.Td>{row === null ? '' : sayRetention(row.retention, words)}</Table.Td>
                <Table.Td>
                  {givenBack === null ? (
                    words(`handOvers.outcome.${handOver.state}`)
                  ) : (
                    <>
                      {words('handOvers.outcome.returned')}
                      <GivenBackWhy why={givenBack} />
                    </>
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </section>
  );
}
