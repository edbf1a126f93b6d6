import { Button, Menu } from '@mantine/core';
import { IconBulb, IconChartBar, IconChevronDown, IconUsersGroup } from '@tabler/icons-react';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { useCommands } from '../../ui/commands.tsx';
import { useWords } from '../../ui/use-words.ts';
import { bodiesPath, proposalsPath, statisticsPath } from './meeting-paths.ts';
import { useProposals } from './use-proposals.ts';

const places = [
  { key: 'meetings.proposals', path: proposalsPath, icon: IconBulb },
  { key: 'meetings.bodies', path: bodiesPath, icon: IconUsersGroup },
  { key: 'meetings.statistics', path: statisticsPath, icon: IconChartBar },
] as const;

/** The ways from the list of meetings to what belongs to all of them. */
export function MeetingPlaces() {
  const words = useWords();
  const { go } = useRouter();
  const waiting = useProposals().data?.waiting.length ?? 0;
  useCommands(
    places.map(({ key, path }) => ({
      id: key,
      label: words(key),
      group: 'go' as const,
      run: () => {
        go(pathTo(path));
      },
    })),
  );
  return (
    <Menu withinPortal position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          rightSection={<IconChevronDown size="0.875rem" stroke={1.75} aria-hidden />}
        >
          {waiting === 0 ? words('meetings.more') : words('meetings.more.waiting', { count: waiting })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {places.map(({ key, path, icon: IconDrawn }) => (
          <Menu.Item
            key={key}
            leftSection={<IconDrawn size="1rem" stroke={1.75} aria-hidden />}
            onClick={() => {
              go(pathTo(path));
            }}
          >
            {words(key)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
