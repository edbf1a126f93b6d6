import { Table } from '@mantine/core';
import { dayOf } from '#shared/kernel/public.ts';
import { seatsOn, type Invitee, type Meeting, type MeetingPage } from '#shared/meetings/public.ts';
import { StateMark } from '../../ui/marks.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useBodies } from './use-bodies.ts';

/** Thành phần: who was asked, as what, and what they answered; before the invitations, who will be. */
export function PeopleTable({ page: { meeting } }: Readonly<{ page: MeetingPage }>) {
  const words = useWords();
  const bodies = useBodies();
  const isDraft = meeting.state === 'draft';
  const body = bodies.data?.bodies.find(({ id }) => id === meeting.body);
  const asked: readonly Invitee[] =
    isDraft && body !== undefined
      ? seatsOn(body, dayOf(meeting.startsAt)).map(({ person, post, votes }) => ({
          person,
          as: post,
          votes,
          for: null,
          answer: null,
        }))
      : meeting.invitees;
  const said = (is: 'accepts' | 'declines' | 'sends') =>
    asked.filter(({ answer, for: sender }) => sender === null && answer?.is === is).length;
  return (
    <>
      <p className="dim">
        {isDraft
          ? words('meetings.people.draft', { count: asked.length })
          : words('meetings.people.answers', {
              accepts: said('accepts'),
              declines: said('declines'),
              sends: said('sends'),
              silent: asked.filter(({ answer }) => answer === null).length,
            })}
      </p>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words('meetings.people.name')}</Table.Th>
            <Table.Th>{words('meetings.people.as')}</Table.Th>
            {!isDraft && <Table.Th>{words('meetings.people.answer')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {asked.map((invitee) => (
            <PersonRow key={invitee.person} invitee={invitee} meeting={meeting} isDraft={isDraft} />
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

type PersonRowProps = Readonly<{ invitee: Invitee; meeting: Meeting; isDraft: boolean }>;

function PersonRow({ invitee, meeting, isDraft }: PersonRowProps) {
  const words = useWords();
  const { nameOf, personOf } = useDirectory();
  const { person, as, votes, for: sender } = invitee;
  const presides = [
    ...(person === meeting.chair ? [words('meetings.chairs')] : []),
    ...(votes || as === 'guest' ? [] : [words('meetings.noVote')]),
    ...(sender === null ? [] : [words('meetings.for', { name: nameOf(sender) })]),
  ];
  return (
    <Table.Tr>
      <Table.Td>
        {nameOf(person)}
        <div className="dim">{personOf(person)?.post}</div>
      </Table.Td>
      <Table.Td>
        {words(`meetings.as.${as}`)}
        {presides.length > 0 && <div className="dim">{presides.join(' · ')}</div>}
      </Table.Td>
      {!isDraft && (
        <Table.Td>
          <Answer invitee={invitee} />
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function Answer({ invitee: { answer } }: Readonly<{ invitee: Invitee }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  if (answer === null) return <span className="dim">{words('meetings.answer.none')}</span>;
  const name = answer.is === 'sends' ? nameOf(answer.substitute) : '';
  return (
    <>
      <StateMark
        label={words(`meetings.answer.${answer.is}`, { name })}
        tone={answer.is === 'accepts' ? 'action' : 'soon'}
      />
      {answer.is !== 'accepts' && <div className="dim">{answer.reason}</div>}
    </>
  );
}
