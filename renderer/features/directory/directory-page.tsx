import { Button } from '@mantine/core';
import { IconAddressBook, IconBuilding } from '@tabler/icons-react';
import { useState } from 'react';
import { pathTo } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListRow } from '../../ui/list-row.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { useWords } from '../../ui/use-words.ts';
import { AgencyView } from './agency-view.tsx';
import { useDirectory } from './names.ts';
import { usePeopleRows, type DirectoryPerson } from './people-rows.ts';
import { PersonView } from './person-view.tsx';

export const directoryPath = '/danh-ba/:id?';

/** Danh bạ: the people of the agency by unit, and beside them one person or the agency itself. */
export function DirectoryPage() {
  const words = useWords();
  const { go } = useRouter();
  const { ready, personOf } = useDirectory();
  const id = useParams(directoryPath)?.['id'] ?? null;
  const [typed, setTyped] = useState('');
  const rows = usePeopleRows(typed);
  const person = id === null ? null : personOf(id);
  return (
    <SplitPanes
      name="list"
      sized="start"
      width={{ initial: 24, min: 18, max: 44 }}
      start={
        <div className="place">
          <PlaceHead
            title={words('place.directory')}
            count={rows.state === 'ready' ? rows.total : null}
            below={<SearchField label={words('directory.search')} value={typed} onChange={setTyped} />}
          >
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconBuilding size="1rem" stroke={1.75} aria-hidden />}
              onClick={() => {
                go(pathTo(directoryPath, {}));
              }}
            >
              {words('directory.agency')}
            </Button>
          </PlaceHead>
          <div className="place-list">
            <DenseList
              label={words('directory.people')}
              rows={rows}
              idOf={idOf}
              openId={id}
              onOpen={(row) => {
                go(pathTo(directoryPath, { id: row.id }), { replace: id !== null });
              }}
              openOnMove
              takesFocus={id === null}
              look={{ kind: 'rows', rowRem: 4.5, renderRow: (row) => <PersonRow person={row} /> }}
              empty={
                <EmptyState
                  icon={IconAddressBook}
                  title={words('directory.empty')}
                  help={words('directory.empty.help')}
                />
              }
            />
          </div>
        </div>
      }
      end={
        person !== null ? (
          <PersonView key={person.id} person={person} />
        ) : id === null || !ready ? (
          <AgencyView />
        ) : (
          <EmptyState
            icon={IconAddressBook}
            title={words('directory.absent')}
            help={words('directory.absent.help')}
          />
        )
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

function idOf({ id }: DirectoryPerson): string {
  return id;
}
