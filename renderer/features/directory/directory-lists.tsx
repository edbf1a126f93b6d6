import { IconAddressBook } from '@tabler/icons-react';
import type { Agency } from '#shared/directory/public.ts';
import { ListRow } from '../../ui/list-row.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useWords } from '../../ui/use-words.ts';
import { AgencyRow } from './agency-row.tsx';
import { DirectoryList, type DirectoryListProps } from './directory-list.tsx';
import { useDirectory } from './names.ts';
import type { DirectoryPerson } from './people-rows.ts';
import { UnitRow, unitRowRem } from './unit-row.tsx';
import type { UnitPlace } from './unit-tree.ts';

/** The people of the agency, by unit and rank. */
export function PeopleList(props: DirectoryListProps<DirectoryPerson>) {
  const words = useWords();
  return (
    <DirectoryList
      {...props}
      label={words('directory.people')}
      idOf={({ id }) => id}
      renderRow={(row) => <PersonRow person={row} />}
      empty={{
        icon: IconAddressBook,
        title: words('directory.empty'),
        help: words('directory.empty.help'),
      }}
    />
  );
}

/** The units as a tree. */
export function UnitList(props: DirectoryListProps<UnitPlace>) {
  const words = useWords();
  return (
    <DirectoryList
      {...props}
      label={words('directory.units')}
      idOf={({ unit }) => unit.id}
      rowRem={unitRowRem}
      renderRow={(row) => <UnitRow place={row} />}
      empty={{
        icon: IconAddressBook,
        title: words('directory.units.empty'),
        help: words('directory.units.empty.help'),
      }}
    />
  );
}

/** Our own agency and the others we write to. */
export function AgencyList(props: DirectoryListProps<Agency>) {
  const words = useWords();
  return (
    <DirectoryList
      {...props}
      label={words('directory.agencies')}
      idOf={({ id }) => id}
      renderRow={(row) => <AgencyRow agency={row} />}
      empty={{
        icon: IconAddressBook,
        title: words('directory.agencies.empty'),
        help: words('directory.agencies.empty.help'),
      }}
    />
  );
}

function PersonRow({ person }: Readonly<{ person: DirectoryPerson }>) {
  const words = useWords();
  const { unitName } = useDirectory();
  return (
    <ListRow
      lead={person.name}
      title={person.post}
      state={
        person.active ? (
          <span className="dim one-line">{unitName(person.unit)}</span>
        ) : (
          <StateMark label={words('directory.left')} tone="soon" />
        )
      }
    />
  );
}
