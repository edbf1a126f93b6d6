import { Table } from '@mantine/core';
import { IconArrowBackUp, IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DaySchema, yearOf, type Day } from '#shared/kernel/public.ts';
import { countNames, type MeetingStatistics } from '#shared/meetings/public.ts';
import { core } from '../../app/client.ts';
import { ExportMenu } from '../../app/export-menu.tsx';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListFailed, ListLoading } from '../../ui/list-states.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useWords } from '../../ui/use-words.ts';
import { meetingsPath } from './meeting-paths.ts';
import './meetings.css';

type Counts = MeetingStatistics['all'];

/** Thống kê: what the meetings of a time came to, body by body. */
export function StatisticsPage() {
  const words = useWords();
  const { go } = useRouter();
  const { today } = useMoment();
  const [from, setFrom] = useState<Day | null>(DaySchema.parse(`${yearOf(today)}-01-01`));
  const [to, setTo] = useState<Day | null>(today);
  const back = (): void => {
    go(pathTo(meetingsPath));
  };
  useShortcut({ keys: 'Escape', label: words('meetings.bodies.back'), run: back });
  const period = { from: from ?? today, to: to ?? today };
  const asked = useQuery({
    queryKey: ['meetings', 'statistics', period],
    queryFn: () => core.meetings.statistics(period),
  });
  return (
    <div className="place">
      <PlaceHead
        title={words('meetings.statistics')}
        below={
          <>
            <DayField
              label={words('meetings.statistics.from')}
              lean="behind"
              value={from}
              onChange={setFrom}
            />
            <DayField label={words('meetings.statistics.to')} lean="behind" value={to} onChange={setTo} />
          </>
        }
      >
        <ExportMenu
          what={words('meetings.statistics')}
          make={(form) => core.meetings.exportStatistics({ ...period, form })}
        />
        <ActButton label={words('place.meetings')} icon={IconArrowBackUp} second run={back} />
      </PlaceHead>
      <div className="place-list statistics" data-scrolls>
        {asked.isError && <ListFailed error={asked.error} retry={() => void asked.refetch()} />}
        {asked.isPending && <ListLoading label={words('meetings.statistics')} />}
        {asked.data !== undefined && <Counted statistics={asked.data} />}
      </div>
    </div>
  );
}

function Counted({ statistics: { all, bodies } }: Readonly<{ statistics: MeetingStatistics }>) {
  const words = useWords();
  if (all.meetings === 0) {
    return (
      <EmptyState
        icon={IconChartBar}
        title={words('meetings.statistics.empty')}
        help={words('meetings.statistics.empty.help')}
      />
    );
  }
  return (
    <Table stickyHeader>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words('meetings.body')}</Table.Th>
          {countNames.map((column) => (
            <Table.Th key={column} ta="end">
              {words(`meetings.statistics.${column}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {bodies.map((one) => (
          <Row key={one.body} name={one.name} counts={one} />
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Row name={words('meetings.statistics.all')} counts={all} />
      </Table.Tfoot>
    </Table>
  );
}

function Row({ name, counts }: Readonly<{ name: string; counts: Counts }>) {
  return (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      {countNames.map((column) => (
        <Table.Td key={column} ta="end" className="figures">
          {counts[column]}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
