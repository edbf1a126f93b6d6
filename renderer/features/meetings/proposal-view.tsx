import { IconArrowBackUp, IconCalendarPlus, IconSend, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Refusal } from '#shared/kernel/public.ts';
import { whyNotProposal, type Body, type Proposal } from '#shared/meetings/public.ts';
import { ask, core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { Link, useRouter } from '../../app/router.tsx';
import { ActionBar, type Action } from '../../ui/action-bar.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Note } from '../../ui/gate.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { meetingsPath } from './meeting-paths.ts';
import { ProposeDialog } from './propose-dialog.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { useMeetingAct, useMeetingAsk } from './use-meeting-ask.ts';

type ProposalViewProps = Readonly<{ proposal: Proposal; bodies: readonly Body[] }>;
type Doing = 'schedule' | 'return' | 'resubmit';

/** What somebody proposed to a body, and what becomes of it. */
export function ProposalView({ proposal, bodies }: ProposalViewProps) {
  const words = useWords();
  const { go } = useRouter();
  const { nameOf } = useDirectory();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = (): void => {
    setDoing(null);
  };
  const { title, state, proposer, at, returnedBecause, scheduled } = proposal;
  return (
    <article className="document" aria-label={title}>
      <header className="document-head">
        <p className="standing">
          <StateMark
            label={words(`state.proposal.${state}`)}
            tone={state === 'returned' ? 'soon' : 'plain'}
            waiting={state === 'submitted'}
          />
          <span>{nameOf(proposer)}</span>
          <span className="dim">
            <RelativeTime at={at} />
          </span>
        </p>
        <h2 className="document-title two-lines">{title}</h2>
      </header>
      <div className="document-body document-tab body-pane" data-scrolls>
        {returnedBecause !== null && state === 'returned' && (
          <Note tone="soon">{words('meetings.proposal.because', { reason: returnedBecause })}</Note>
        )}
        <Facts
          facts={[
            { label: words('meetings.propose.words'), value: proposal.words, wide: true },
            {
              label: words('meetings.body'),
              value: bodies.find(({ id }) => id === proposal.body)?.name ?? null,
              wide: true,
            },
            { label: words('meetings.purpose'), value: words(`meetings.purpose.${proposal.purpose}`) },
            { label: words('meetings.time'), value: words('meetings.minutes', { count: proposal.minutes }) },
            {
              label: words('meetings.propose.papers'),
              value: proposal.papers.map(({ name }) => name).join('; '),
              wide: true,
            },
            {
              label: words('meetings.proposal.meeting'),
              value:
                scheduled === null ? null : (
                  <Link to={pathTo(meetingsPath, { id: scheduled.meeting })}>
                    {words('meetings.proposal.see')}
                  </Link>
                ),
              wide: true,
            },
          ]}
        />
      </div>
      <ProposalActs proposal={proposal} onDo={setDoing} />
      {doing === 'schedule' && (
        <ScheduleDialog
          proposal={proposal}
          onClose={close}
          onDone={(meeting) => {
            go(pathTo(meetingsPath, { id: meeting }));
          }}
        />
      )}
      {doing === 'resubmit' && (
        <ProposeDialog bodies={bodies} before={proposal} onClose={close} onDone={close} />
      )}
      {doing === 'return' && <ReturnDialog proposal={proposal} onClose={close} />}
    </article>
  );
}

type ProposalActsProps = Readonly<{ proposal: Proposal; onDo: (doing: Doing) => void }>;

function ProposalActs({ proposal, onDo }: ProposalActsProps) {
  const words = useWords();
  const { person } = useMe();
  const act = useMeetingAct();
  const isDecider = proposal.deciders.includes(person.id);
  const open = (refusal: Refusal | null, action: Action): readonly Action[] =>
    refusal === null ? [action] : [];
  const may = (event: Parameters<typeof whyNotProposal>[1]) => whyNotProposal(proposal, event, person.id);
  const one = (doing: Doing, icon: Action['icon']): Action => ({
    id: `proposal.${doing}`,
    label: words(`meetings.proposal.act.${doing}`),
    ...(icon === undefined ? {} : { icon }),
    run: () => {
      onDo(doing);
    },
  });
  const actions = [
    ...(isDecider ? open(may('schedule'), one('schedule', IconCalendarPlus)) : []),
    ...open(may('return'), one('return', IconArrowBackUp)),
    ...open(may('resubmit'), one('resubmit', IconSend)),
    ...open(may('withdraw'), {
      id: 'proposal.withdraw',
      label: words('meetings.proposal.act.withdraw'),
      icon: IconX,
      danger: true,
      run: () => {
        const sent = { proposalId: proposal.id };
        act(() => ask(core.meetings.withdrawProposal, sent), words('meetings.proposal.withdrawn'));
      },
    }),
  ];
  if (actions.length === 0) return null;
  return (
    <footer className="document-acts">
      <ActionBar actions={actions} label={proposal.title} />
    </footer>
  );
}

function ReturnDialog({ proposal, onClose }: Readonly<{ proposal: Proposal; onClose: () => void }>) {
  const words = useWords();
  const act = useMeetingAsk(onClose);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={words('meetings.proposal.act.return')}
      text={proposal.title}
      confirm={words('meetings.proposal.act.return')}
      busy={act.busy}
      error={act.error}
      onConfirm={(reason) => {
        const sent = { proposalId: proposal.id, reason };
        act.send(() => ask(core.meetings.returnProposal, sent), words('meetings.proposal.returned'));
      }}
    />
  );
}
