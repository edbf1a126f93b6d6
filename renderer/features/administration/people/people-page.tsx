import { ActionIcon, Button, Select } from '@mantine/core';
import { IconFileImport, IconPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import type { PersonId } from '#shared/kernel/public.ts';
import { pathTo } from '../../../app/paths.ts';
import { useParams, useRouter } from '../../../app/router.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { useCommands } from '../../../ui/commands.tsx';
import { DropZone } from '../../../ui/drop-zone.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Hint } from '../../../ui/hint.tsx';
import { ListPlace } from '../../../ui/list-place.tsx';
import { PlaceHead } from '../../../ui/place-head.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { personAdminPath } from '../admin-paths.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { PeopleAdminList } from './people-list.tsx';
import { PeopleDialogs, type Doing } from './people-dialogs.tsx';
import { PersonActs } from './person-acts.tsx';
import { PersonPane } from './person-pane.tsx';
import { peopleFilters, usePeopleRows, type PeopleFilter } from './use-people-rows.ts';

/** Quản trị › Người dùng: everyone, and beside the list one of them with what may be done. */
export function PeoplePage() {
  const words = useWords();
  const { go } = useRouter();
  const { personOf } = useDirectory();
  const id = useParams(personAdminPath)?.['id'] ?? null;
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState<PeopleFilter>('all');
  const [doing, setDoing] = useState<Doing | null>(null);
  const [importing, setImporting] = useState<Readonly<{ file: File | null }> | null>(null);
  const rows = usePeopleRows(typed, filter);
  const person = id === null ? null : personOf(id);
  const open = (next: string): void => {
    go(pathTo(personAdminPath, { id: next }), { replace: id !== null });
  };
  const add = (): void => {
    setDoing({ act: 'add' });
  };
  const bring = (): void => {
    setImporting({ file: null });
  };
  useCommands([
    { id: 'people.add', label: words('administration.people.add'), keys: 'N', group: 'page', run: add },
    { id: 'people.import', label: words('administration.import'), group: 'page', run: bring },
  ]);
  return (
    <>
      <ListPlace
        head={
          <PlaceHead
            title={words('administration.people')}
            count={rows.state === 'ready' ? rows.total : null}
            below={
              <>
                <AdminTabs />
                <SearchField
                  label={words('administration.people.search')}
                  value={typed}
                  onChange={setTyped}
                />
                <FilterField filter={filter} onChange={setFilter} />
              </>
            }
          >
            <HeadActs add={add} bring={bring} />
          </PlaceHead>
        }
        list={
          <DropZone
            accept=".csv,text/csv"
            multiple={false}
            help={words('administration.import.drop')}
            onFiles={([file]) => {
              setImporting({ file: file ?? null });
            }}
          >
            <PeopleAdminList rows={rows} openId={id} onOpen={open} />
          </DropZone>
        }
      >
        {person === null ? (
          <EmptyState
            icon={IconUsers}
            title={words('administration.people.none')}
            help={words('administration.people.none.help')}
          >
            <Button
              variant="default"
              leftSection={<IconFileImport size="1rem" stroke={1.75} aria-hidden />}
              onClick={bring}
            >
              {words('administration.import')}
            </Button>
          </EmptyState>
        ) : (
          <PersonPane key={person.id} person={person}>
            <PersonActs
              person={person}
              onDo={(act) => {
                setDoing({ act, person });
              }}
            />
          </PersonPane>
        )}
      </ListPlace>
      <PeopleDialogs
        doing={doing}
        onDo={setDoing}
        onAdded={(personId: PersonId) => {
          open(personId);
        }}
      />
      {importing !== null && (
        <ImportDialog
          first={importing.file}
          onClose={() => {
            setImporting(null);
          }}
        />
      )}
    </>
  );
}

function HeadActs({ add, bring }: Readonly<{ add: () => void; bring: () => void }>) {
  const words = useWords();
  return (
    <>
      <Hint text={words('administration.import')}>
        <ActionIcon
          variant="default"
          size="1.625rem"
          aria-label={words('administration.import')}
          onClick={bring}
        >
          <IconFileImport size="1rem" stroke={1.75} aria-hidden />
        </ActionIcon>
      </Hint>
      <ActButton label={words('administration.people.add')} icon={IconPlus} run={add} keys="N" />
    </>
  );
}

function FilterField({
  filter,
  onChange,
}: Readonly<{ filter: PeopleFilter; onChange: (filter: PeopleFilter) => void }>) {
  const words = useWords();
  return (
    <Select
      size="xs"
      w="9.5rem"
      aria-label={words('administration.filter')}
      value={filter}
      allowDeselect={false}
      data={peopleFilters.map((value) => ({ value, label: words(`administration.filter.${value}`) }))}
      onChange={(value) => {
        onChange(peopleFilters.find((one) => one === value) ?? 'all');
      }}
    />
  );
}
