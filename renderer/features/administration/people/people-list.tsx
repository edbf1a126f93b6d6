import { IconUsers } from '@tabler/icons-react';
import { ListRow } from '../../../ui/list-row.tsx';
import { StateMark } from '../../../ui/marks.tsx';
import { useMoment } from '../../../ui/moment-context.tsx';
import type { ListRows } from '../../../ui/use-list-rows.ts';
import { useWords } from '../../../ui/use-words.ts';
import { DirectoryList, useDirectory, type DirectoryPerson } from '../../directory/public.ts';
import { marksOf } from './person-state.ts';

type PeopleAdminListProps = Readonly<{
  rows: ListRows<DirectoryPerson>;
  openId: string | null;
  onOpen: (id: string) => void;
}>;

/** Everyone who works or worked here, with what still has to be done for them. */
export function PeopleAdminList(props: PeopleAdminListProps) {
  const words = useWords();
  return (
    <DirectoryList
      {...props}
      label={words('directory.people')}
      idOf={({ id }) => id}
      takesFocus={props.openId === null}
      renderRow={(row) => <PersonAdminRow person={row} />}
      empty={{
        icon: IconUsers,
        title: words('directory.empty'),
        help: words('administration.people.empty.help'),
      }}
    />
  );
}

function PersonAdminRow({ person }: Readonly<{ person: DirectoryPerson }>) {
  const words = useWords();
  const { now } = useMoment();
  const { unitName } = useDirectory();
  const marks = marksOf(person, now, words);
  return (
    <ListRow
      lead={person.name}
      title={`${person.post} · ${unitName(person.unit)}`}
      state={
        marks.length === 0 ? (
          <span className="dim one-line">{person.roles.map((role) => words(`role.${role}`)).join(', ')}</span>
        ) : (
          marks.map(({ label, tone }) => <StateMark key={label} label={label} tone={tone} />)
        )
      }
    />
  );
}
