import { IconArrowBackUp, IconBulb, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Proposal } from '#shared/meetings/public.ts';
import { pathTo } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListPlace } from '../../ui/list-place.tsx';
import { ListRow } from '../../ui/list-row.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useRowsAtHand } from '../../ui/rows-at-hand.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { meetingsPath, proposalsPath } from './meeting-paths.ts';
import { ProposalView } from './proposal-view.tsx';
import { ProposeDialog } from './propose-dialog.tsx';
import { noBodies, useBodies } from './use-bodies.ts';
import { useProposals } from './use-proposals.ts';

/** Đề xuất nội dung họp: what waits for an agenda, and what this person proposed. */
export function ProposalsPage() {
  const words = useWords();
  const { go } = useRouter();
  const id = useParams(proposalsPath)?.['id'] ?? null;
  const [proposing, setProposing] = useState(false);
  const bodies = useBodies().data?.bodies ?? noBodies;
  const asked = useProposals();
  const all = useMemo(() => inOrder(asked.data?.waiting ?? [], asked.data?.mine ?? []), [asked.data]);
  const rows = useRowsAtHand(all, asked);
  const open = all.find(({ proposal }) => proposal.id === id)?.proposal ?? null;
  const begin = (): void => {
    setProposing(true);
  };
  const back = (): void => {
    go(pathTo(meetingsPath));
  };
  useShortcut({ keys: 'N', label: words('meetings.propose'), run: begin });
  useShortcut({ keys: 'Escape', label: words('meetings.bodies.back'), run: back });
  return (
    <>
      <ListPlace
        kind="meetings"
        head={
          <PlaceHead title={words('meetings.proposals')}>
            <ActButton label={words('place.meetings')} icon={IconArrowBackUp} second run={back} />
            <ActButton label={words('meetings.propose.short')} icon={IconPlus} keys="N" run={begin} />
          </PlaceHead>
        }
        list={
          <DenseList
            label={words('meetings.proposals')}
            rows={rows}
            idOf={({ proposal }) => proposal.id}
            openId={id}
            onOpen={({ proposal }) => {
              go(pathTo(proposalsPath, { id: proposal.id }), { replace: id !== null });
            }}
            openOnMove
            takesFocus={id === null}
            look={{ kind: 'rows', rowRem: 4.5, renderRow: (row) => <Row row={row} /> }}
            empty={
              <EmptyState
                icon={IconBulb}
                title={words('meetings.proposals.empty')}
                help={words('meetings.proposals.empty.help')}
              />
            }
          />
        }
      >
        {open === null ? (
          <EmptyState
            icon={IconBulb}
            title={words('meetings.proposals.choose')}
            help={words('meetings.proposals.choose.help')}
          />
        ) : (
          <ProposalView key={open.id} proposal={open} bodies={bodies} />
        )}
      </ListPlace>
      {proposing && (
        <ProposeDialog
          bodies={bodies}
          before={null}
          onClose={() => {
            setProposing(false);
          }}
          onDone={(made) => {
            setProposing(false);
            go(pathTo(proposalsPath, { id: made }));
          }}
        />
      )}
    </>
  );
}

type ProposalRow = Readonly<{ proposal: Proposal; waits: boolean }>;

function inOrder(waiting: readonly Proposal[], mine: readonly Proposal[]): readonly ProposalRow[] {
  const ids = new Set(waiting.map(({ id }) => id));
  return [
    ...waiting.map((proposal) => ({ proposal, waits: true })),
    ...mine.filter(({ id }) => !ids.has(id)).map((proposal) => ({ proposal, waits: false })),
  ];
}

function Row({ row: { proposal, waits } }: Readonly<{ row: ProposalRow }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  return (
    <ListRow
      lead={nameOf(proposal.proposer)}
      title={proposal.title}
      at={proposal.at}
      unread={waits}
      state={
        <StateMark
          label={words(waits ? 'meetings.proposal.waits' : `state.proposal.${proposal.state}`)}
          tone={waits ? 'action' : 'plain'}
          waiting={waits}
        />
      }
    />
  );
}
