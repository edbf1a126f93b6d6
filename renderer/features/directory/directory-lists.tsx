import { IconAddressBook } from '@tabler/icons-react';
import type { Agency } from '#shared/directory/public.ts';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListRow } from '../../ui/list-row.tsx';
import { StateMark } from '../../ui/marks.tsx';
import type { ListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { AgencyRow } from './agency-row.tsx';
import { useDirectory } from './names.ts';
import type { DirectoryPerson } from './people-rows.ts';
import { UnitRow, unitRowRem } from './unit-row.tsx';
import type { UnitPlace } from './unit-tree.ts';

type ListProps<Row> = Readonly<{
  rows: ListRows<Row>;
  openId: string | null;
  onOpen: (id: string) => void;
  takesFocus: boolean;
}>;

/** The people of the agency, by unit and rank. */
export function PeopleList({ rows, openId, onOpen, takesFocus }: ListProps<DirectoryPerson>) {
  const words = useWords();
  return (
    <DenseList
      label={words('directory.people')}
      rows={rows}
      idOf={({ id }) => id}
      openId={openId}
      onOpen={({ id }) => {
        onOpen(id);
      }}
      openOnMove
      takesFocus={takesFocus}
      look={{ kind: 'rows', rowRem: 4.5, renderRow: (row) => <PersonRow person={row} /> }}
      empty={
        <EmptyState
          icon={IconAddressBook}
          title={words('directory.empty')}
          help={words('directory.empty.help')}
        />
      }
    />
  );
}

/** The units as a tree. */
export function UnitList({ rows, openId, onOpen, takesFocus }: ListProps<UnitPlace>) {
  const words = useWords();
  return (
    <DenseList
      label={words('directory.units')}
      rows={rows}
      idOf={({ unit }) => unit.id}
      openId={openId}
      onOpen={({ unit }) => {
        onOpen(unit.id);
      }}
      openOnMove
      takesFocus={takesFocus}
      look={{ kind: 'rows', rowRem: unitRowRem, renderRow: (row) => <UnitRow place={row} /> }}
      empty={
        <EmptyState
          icon={IconAddressBook}
          title={words('directory.units.empty')}
          help={words('directory.units.empty.help')}
        />
      }
    />
  );
}

/** Our own agency and the others we write to. */
export function AgencyList({ rows, openId, onOpen, takesFocus }: ListProps<Agency>) {
  const words = useWords();
  return (
    <DenseList
      label={words('directory.agencies')}
      rows={rows}
      idOf={({ id }) => id}
      openId={openId}
      onOpen={({ id }) => {
        onOpen(id);
      }}
      openOnMove
      takesFocus={takesFocus}
      look={{ kind: 'rows', rowRem: 4.5, renderRow: (row) => <AgencyRow agency={row} /> }}
      empty={
        <EmptyState
          icon={IconAddressBook}
          title={words('directory.agencies.empty')}
          help={words('directory.agencies.empty.help')}
        />
      }
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
