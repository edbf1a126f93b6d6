import { SegmentedControl } from '@mantine/core';
import { IconAddressBook } from '@tabler/icons-react';
import { useState } from 'react';
import { pathTo } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListPlace } from '../../ui/list-place.tsx';
import { ListLoading } from '../../ui/list-states.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useAgencyRows } from './agency-rows.ts';
import { AgencyView } from './agency-view.tsx';
import { AgencyList, PeopleList, UnitList } from './directory-lists.tsx';
import { useDirectory, type Directory } from './names.ts';
import { usePeopleRows } from './people-rows.ts';
import { PersonView } from './person-view.tsx';
import { useUnitRows } from './unit-rows.ts';
import { UnitView } from './unit-view.tsx';

export const directoryPath = '/danh-ba/:id?';

const lists = ['people', 'units', 'agencies'] as const;
type Listed = (typeof lists)[number];

/** Danh bạ: people, units and agencies, and beside the list the one that was chosen, or our own agency. */
export function DirectoryPage() {
  const words = useWords();
  const { go } = useRouter();
  const directory = useDirectory();
  const id = useParams(directoryPath)?.['id'] ?? null;
  const [typed, setTyped] = useState('');
  // A switch holds until another thing is opened, as by a link in the pane; then the list is the one that has it.
  const [chosen, setChosen] = useState<Readonly<{ list: Listed; at: string | null }> | null>(null);
  const having = id === null ? null : listHaving(id, directory);
  const list = chosen?.at === id ? chosen.list : (having ?? chosen?.list ?? 'people');
  const rows = {
    people: usePeopleRows(typed),
    units: useUnitRows(typed),
    agencies: useAgencyRows(typed),
  };
  const shared = {
    openId: id ?? directory.own?.id ?? null,
    takesFocus: id === null,
    onOpen: (next: string): void => {
      setChosen({ list, at: next });
      go(pathTo(directoryPath, { id: next }), { replace: id !== null });
    },
  };
  const { state, total } = rows[list];
  return (
    <ListPlace
      head={
        <PlaceHead
          title={words('place.directory')}
          count={state === 'ready' ? total : null}
          below={
            <>
              <SearchField label={words(`directory.search.${list}`)} value={typed} onChange={setTyped} />
              <SegmentedControl
                size="xs"
                fullWidth
                w="100%"
                aria-label={words('directory.lists')}
                value={list}
                data={lists.map((value) => ({ value, label: words(`directory.lists.${value}`) }))}
                onChange={(value) => {
                  const next = lists.find((one) => one === value) ?? 'people';
                  setChosen({ list: next, at: id });
                }}
              />
            </>
          }
        />
      }
      list={
        <>
          {' '}
          {list === 'people' && <PeopleList rows={rows.people} {...shared} />}
          {list === 'units' && <UnitList rows={rows.units} {...shared} />}
          {list === 'agencies' && <AgencyList rows={rows.agencies} {...shared} />}
        </>
      }
    >
      <Opened id={id} directory={directory} />
    </ListPlace>
  );
}

function Opened({ id, directory }: Readonly<{ id: string | null; directory: Directory }>) {
  const words = useWords();
  const { ready, own, personOf, units, agencies } = directory;
  const person = id === null ? null : personOf(id);
  if (person !== null) return <PersonView key={person.id} person={person} />;
  const unit = units.find((one) => one.id === id);
  if (unit !== undefined) {
    return <UnitView key={unit.id} unit={unit} unitPath={entryPath} personPath={entryPath} />;
  }
  const agency = id === null ? own : agencies.find((one) => one.id === id);
  if (agency !== null && agency !== undefined) return <AgencyView key={agency.id} agency={agency} />;
  if (!ready || id === null) return <ListLoading label={words('place.directory')} />;
  return (
    <EmptyState
      icon={IconAddressBook}
      title={words('directory.absent')}
      help={words('directory.absent.help')}
    />
  );
}

function entryPath(id: string): string {
  return pathTo(directoryPath, { id });
}

function listHaving(id: string, { personOf, units, agencies }: Directory): Listed | null {
  if (personOf(id) !== null) return 'people';
  if (units.some((unit) => unit.id === id)) return 'units';
  return agencies.some((agency) => agency.id === id) ? 'agencies' : null;
}
