import { conferenceAddress, type MeetingPage } from '#shared/meetings/public.ts';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Note } from '../../ui/gate.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { documentPath } from '../documents/public.ts';
import { bodiesPath } from './meeting-paths.ts';
import { saySilence, sayShare } from './rules-words.ts';
import { useBodies } from './use-bodies.ts';
import { sayWhen } from './when-words.ts';

/** Thông tin: the facts of a meeting, the rules it decides by, and the papers it led to. */
export function MeetingFacts({ page: { meeting, quorum } }: Readonly<{ page: MeetingPage }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { today } = useMoment();
  const body = useBodies().data?.bodies.find(({ id }) => id === meeting.body);
  const { kind, place, chair, secretary, organiser, papers, cancelledBecause } = meeting;
  const rules = meeting.rules ?? body?.rules ?? null;
  return (
    <>
      {cancelledBecause !== null && (
        <Note tone="soon">{words('meetings.cancelledBecause', { reason: cancelledBecause })}</Note>
      )}
      <Facts
        facts={[
          {
            label: words('meetings.body'),
            value:
              body === undefined ? null : <Link to={pathTo(bodiesPath, { id: body.id })}>{body.name}</Link>,
            wide: true,
          },
          { label: words('meetings.kind'), value: words(`meetings.kind.${kind}`) },
          { label: words('meetings.time'), value: sayWhen(meeting, today, words) },
          ...(kind === 'round' ? [] : [{ label: words('meetings.place'), value: <Place place={place} /> }]),
          { label: words('meetings.chair'), value: nameOf(chair) },
          { label: words('meetings.secretary'), value: nameOf(secretary) },
          { label: words('meetings.organiser'), value: nameOf(organiser) },
          ...(rules === null
            ? []
            : [
                {
                  label: words('meetings.rules.quorum'),
                  value: words('meetings.rules.quorum.said', {
                    share: sayShare(rules.quorum, words),
                    needed: quorum.needed,
                  }),
                  wide: true,
                },
                ...(kind === 'round'
                  ? [{ label: words('meetings.rules.silence'), value: saySilence(rules, words), wide: true }]
                  : []),
              ]),
          ...papers.map(({ paper, document }) => ({
            label: words(`meetings.paper.${paper}`),
            value: (
              <Link to={pathTo(documentPath.outgoing, { id: document })}>{words('meetings.paper.open')}</Link>
            ),
          })),
        ]}
      />
    </>
  );
}

function Place({ place }: Readonly<{ place: string }>) {
  const words = useWords();
  const conference = conferenceAddress(place);
  if (conference === null) return place;
  return (
    <>
      {place}{' '}
      <a href={conference} target="_blank" rel="noopener noreferrer">
        {words('meetings.conference')}
      </a>
    </>
  );
}
