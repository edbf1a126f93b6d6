import { Button } from '@mantine/core';
import { IconCheckbox } from '@tabler/icons-react';
import { whyNotChair, type AgendaItem, type MeetingPage } from '#shared/meetings/public.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import type { Doing } from './meeting-doing.tsx';
import { WrittenVote } from './written-vote.tsx';

type WrittenVotesProps = Readonly<{ page: MeetingPage; onDo: (doing: Doing) => void }>;

/** Phiếu lấy ý kiến: what was asked in writing about each item, who has answered, and what came of it. */
export function WrittenVotes({ page, onDo }: WrittenVotesProps) {
  const words = useWords();
  const { person } = useMe();
  const { meeting } = page;
  const items = page.items.flatMap(({ n, item }) => (item === null ? [] : [{ n, item }]));
  const mayAsk = whyNotChair(meeting, 'voteInWriting', person.id) === null;
  if (items.length === 0) {
    return <EmptyState icon={IconCheckbox} title={words('meetings.agenda.empty')} />;
  }
  return (
    <ol className="positions">
      {items.map(({ n, item }) => (
        <li key={item.id}>
          <h3>
            <span className="dim figures">{n}.</span> {item.title}
          </h3>
          {item.votes.map((id) => (
            <WrittenVote key={id} voteId={id} mayAsk={mayAsk} />
          ))}
          {item.votes.length === 0 && !mayAsk && <p className="dim">{words('meetings.vote.notYet')}</p>}
          {mayAsk && <AskButton item={item} onDo={onDo} />}
        </li>
      ))}
    </ol>
  );
}

function AskButton({ item, onDo }: Readonly<{ item: AgendaItem; onDo: (doing: Doing) => void }>) {
  const words = useWords();
  if (item.decision !== null || item.votes.length > 0) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => {
        onDo({ kind: 'openVote', item });
      }}
    >
      {words('meetings.vote.open')}
    </Button>
  );
}
