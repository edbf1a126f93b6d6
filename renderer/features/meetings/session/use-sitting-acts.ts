import {
  IconBallpen,
  IconChecks,
  IconClipboardCheck,
  IconDoorExit,
  IconFileText,
  IconGavel,
  IconHandStop,
  IconLogin2,
  IconMicrophone,
  IconNotes,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlayerTrackNext,
  IconReplace,
  IconTargetArrow,
  IconUserShare,
  IconX,
} from '@tabler/icons-react';
import { DocumentIdSchema, type DocumentId } from '#shared/kernel/public.ts';
import {
  isUncontested,
  waitingToSpeak,
  type AgendaItem,
  type Meeting,
  type PaperName,
  type Speech,
} from '#shared/meetings/public.ts';
import { accepted, ask, core, newCommandId, newId } from '../../../app/client.ts';
import { pathTo } from '../../../app/paths.ts';
import { useRouter } from '../../../app/router.tsx';
import type { Action } from '../../../ui/action-bar.tsx';
import { useWords } from '../../../ui/use-words.ts';
import type { Words } from '../../../ui/words.ts';
import { documentPath } from '../../documents/public.ts';
import type { Asked } from './sitting-dialogs.tsx';
import { isTaken, type Sitting } from './use-sitting.ts';
import { useSittingDo } from './use-sitting-ask.ts';

type Hands = Readonly<{
  words: Words;
  run: ReturnType<typeof useSittingDo>;
  ask: (asked: Asked) => void;
  goTo: (item: AgendaItem) => void;
  openPaper: (document: DocumentId) => void;
}>;

/** What this person may do next, the likeliest first. */
export function useSittingActs(
  sitting: Sitting,
  { ask: open, goTo }: Pick<Hands, 'ask' | 'goTo'>,
): readonly Action[] {
  const words = useWords();
  const run = useSittingDo();
  const { go } = useRouter();
  const openPaper = (id: DocumentId): void => {
    go(pathTo(documentPath.outgoing, { id }));
  };
  const hands = { words, run, ask: open, goTo, openPaper };
  const { state } = sitting.meeting;
  if (state === 'ended' || state === 'signed') return sitting.presides ? afterwards(sitting, hands) : [];
  const own = ownActs(sitting, hands);
  if (!sitting.presides) return own;
  const arrival = own.filter(({ id }) => id === 'sitting.check-in');
  const rest = own.filter(({ id }) => id !== 'sitting.check-in');
  if (state === 'invited') return [...beforehand(sitting, hands), ...own];
  return [...arrival, ...chairActs(sitting, hands), ...rest];
}

function ownActs(
  { meeting, me, here, invitee }: Sitting,
  { words, run, ask: open }: Hands,
): readonly Action[] {
  if (invitee === null) return [];
  const meetingId = meeting.id;
  if (!here) {
    return [
      {
        id: 'sitting.check-in',
        label: words('sitting.act.check-in'),
        icon: IconLogin2,
        keys: 'D',
        run: () => open({ is: 'check-in' }),
      },
      ...(meeting.rules?.proxies != null && invitee.votes && invitee.as !== 'substitute'
        ? [
            {
              id: 'sitting.proxy',
              label: words('command.meetings.giveProxy'),
              icon: IconUserShare,
              run: () => open({ is: 'proxy' }),
            },
          ]
        : []),
    ];
  }
  const asked = waitingToSpeak(meeting).find(({ person }) => person === me) ?? null;
  const speak = (kind: Speech['kind']): void => {
    const item = meeting.shown?.item ?? null;
    run(() => ask(core.meetings.askToSpeak, { meetingId, item, kind }));
  };
  const raise: Action[] =
    meeting.state !== 'in-session'
      ? []
      : asked === null
        ? [
            {
              id: 'sitting.speak',
              label: words('sitting.act.speak'),
              icon: IconMicrophone,
              keys: 'P',
              run: () => speak('speech'),
            },
            {
              id: 'sitting.order',
              label: words('sitting.act.order'),
              icon: IconHandStop,
              run: () => speak('order'),
            },
          ]
        : [
            {
              id: 'sitting.unspeak',
              label: words('sitting.act.unspeak'),
              icon: IconX,
              keys: 'P',
              run: () => run(() => ask(core.meetings.endSpeech, { meetingId, n: asked.n })),
            },
          ];
  return [
    ...raise,
    {
      id: 'sitting.leave',
      label: words('command.meetings.leave'),
      icon: IconDoorExit,
      run: () => run(() => ask(core.meetings.leave, { meetingId, person: me })),
    },
  ];
}

function beforehand({ meeting }: Sitting, hands: Hands): readonly Action[] {
  const { words, run } = hands;
  const isRound = meeting.kind === 'round';
  return [
    {
      id: 'sitting.begin',
      label: words('command.meetings.begin'),
      icon: IconPlayerPlay,
      whyNot: isRound ? { reason: words('refusal.meetings.round-has-no-session') } : null,
      run: () => run(() => ask(core.meetings.begin, { meetingId: meeting.id })),
    },
    ...attendanceActs(hands),
  ];
}

function attendanceActs({ words, ask: open }: Hands): readonly Action[] {
  return [
    {
      id: 'sitting.attendance',
      label: words('sitting.act.attendance'),
      icon: IconClipboardCheck,
      run: () => open({ is: 'attendance' }),
    },
    {
      id: 'sitting.code',
      label: words('sitting.act.code'),
      icon: IconTargetArrow,
      run: () => open({ is: 'code' }),
    },
  ];
}

function chairActs(sitting: Sitting, hands: Hands): readonly Action[] {
  const { meeting, items, current } = sitting;
  const { words, ask: open, goTo } = hands;
  const undecided = items.filter(({ item }) => item !== null && item.decision === null);
  const next = undecided.find(({ item }) => item?.id !== current?.item.id)?.item ?? null;
  const [waiting] = waitingToSpeak(meeting);
  const block = items.flatMap(({ n, item }) =>
    item !== null && isUncontested(item) && item.id !== current?.item.id ? [{ n, item }] : [],
  );
  const isTime = current === null || current.item.decision !== null;
  const onward: Action[] =
    next === null
      ? []
      : [
          {
            id: 'sitting.next',
            label: words('sitting.act.next'),
            icon: IconPlayerTrackNext,
            keys: 'N',
            run: () => goTo(next),
          },
        ];
  const ends: Action = {
    id: 'sitting.end',
    label: words('command.meetings.end'),
    icon: IconPlayerStop,
    whyNot: whyNotEnd(sitting, words),
    run: () => open({ is: 'end' }),
  };
  return [
    ...voteActs(sitting, hands),
    ...(isTime ? onward : []),
    ...(undecided.length === 0 ? [ends] : []),
    ...itemActs(sitting, hands),
    ...(waiting === undefined
      ? []
      : [
          {
            id: 'sitting.call',
            label: words('sitting.act.call'),
            icon: IconMicrophone,
            run: () => open({ is: 'call', speech: waiting }),
          },
        ]),
    ...(block.length === 0
      ? []
      : [
          {
            id: 'sitting.block',
            label: words('sitting.act.block', { count: block.length }),
            icon: IconChecks,
            run: () => open({ is: 'block', items: block }),
          },
        ]),
    ...(isTime ? [] : onward),
    ...attendanceActs(hands),
    {
      id: 'sitting.hand-over',
      label: words('command.meetings.handOverChair'),
      icon: IconUserShare,
      run: () => open({ is: 'hand-over' }),
    },
    ...(undecided.length === 0 ? [] : [ends]),
  ];
}

function voteActs({ vote: shown }: Sitting, { words, run, ask: open }: Hands): readonly Action[] {
  if (shown === null || !isTaken(shown.vote.state)) return [];
  const { vote } = shown;
  return [
    {
      id: 'sitting.close-vote',
      label: words('command.meetings.closeVote'),
      icon: IconGavel,
      run: () => run(() => ask(core.meetings.closeVote, { voteId: vote.id })),
    },
    ...(vote.form === 'secret'
      ? []
      : [
          {
            id: 'sitting.paper-ballot',
            label: words('command.meetings.castOnPaper'),
            icon: IconFileText,
            run: () => open({ is: 'paper-ballot', vote }),
          },
        ]),
    {
      id: 'sitting.drop-vote',
      label: words('command.meetings.dropVote'),
      icon: IconX,
      danger: true,
      run: () => open({ is: 'drop-vote', vote }),
    },
  ];
}

function itemActs({ current, vote, quorum }: Sitting, { words, ask: open }: Hands): readonly Action[] {
  if (current === null) return [];
  const { item } = current;
  const { needed, has, met } = quorum;
  const isVoting = vote !== null && isTaken(vote.vote.state);
  const untilDecided =
    item.decision !== null || isVoting
      ? []
      : [
          {
            id: 'sitting.open-vote',
            label: words('command.meetings.openVote'),
            icon: IconBallpen,
            whyNot: met ? null : { reason: words('refusal.meetings.no-quorum', { needed, has }) },
            run: () => open({ is: 'open-vote', item }),
          },
          {
            id: 'sitting.settle',
            label: words('command.meetings.settleItem'),
            icon: IconGavel,
            run: () => open({ is: 'settle', item }),
          },
        ];
  return [...untilDecided, ...afterItem(item, { words, ask: open })];
}

function afterItem(item: AgendaItem, { words, ask: open }: Pick<Hands, 'words' | 'ask'>): readonly Action[] {
  return [
    {
      id: 'sitting.conclude',
      label: words('sitting.act.conclude'),
      icon: IconReplace,
      run: () => open({ is: 'conclude', item }),
    },
    {
      id: 'sitting.note',
      label: words('sitting.act.note'),
      icon: IconNotes,
      run: () => open({ is: 'note', item }),
    },
  ];
}

function afterwards({ meeting, current }: Sitting, hands: Hands): readonly Action[] {
  const { words, run } = hands;
  const more = current === null ? [] : afterItem(current.item, hands);
  if (meeting.state === 'signed') return [...paperActs(meeting, 'conclusions', hands), ...more];
  const begun = lastPaper(meeting, 'minutes');
  const signed: Action[] =
    begun === null
      ? []
      : [
          {
            id: 'sitting.sign-minutes',
            label: words('sitting.act.sign-minutes'),
            icon: IconClipboardCheck,
            run: () =>
              run(() => ask(core.meetings.signMinutes, { meetingId: meeting.id, documentId: begun })),
          },
        ];
  return [
    ...paperActs(meeting, 'minutes', hands),
    ...signed,
    ...paperActs(meeting, 'conclusions', hands),
    ...more,
  ];
}

function lastPaper({ papers }: Meeting, paper: PaperName): DocumentId | null {
  return papers.findLast((one) => one.paper === paper)?.document ?? null;
}

/** Begins a paper of the meeting in the drafting room, or opens the one that was begun. */
function paperActs(
  meeting: Meeting,
  paper: 'minutes' | 'conclusions',
  { words, run, openPaper }: Hands,
): readonly Action[] {
  const begun = lastPaper(meeting, paper);
  if (begun !== null) {
    return [
      {
        id: `sitting.open-${paper}`,
        label: words(`sitting.act.open-${paper}`),
        icon: IconFileText,
        run: () => openPaper(begun),
      },
    ];
  }
  return [
    {
      id: `sitting.${paper}`,
      label: words(`sitting.act.${paper}`),
      icon: IconFileText,
      run: () =>
        run(async () => {
          const documentId = DocumentIdSchema.parse(newId());
          const body = { meetingId: meeting.id, documentId, paper };
          const done = accepted((await core.meetings.beginPaper({ commandId: newCommandId(), body })).reply);
          openPaper(documentId);
          return done;
        }),
    },
  ];
}

function whyNotEnd({ items }: Sitting, words: Words): Readonly<{ reason: string }> | null {
  const open = items.find(({ item }) => item !== null && item.decision === null);
  return open === undefined ? null : { reason: words('refusal.meetings.item-undecided', { n: open.n }) };
}
