import { IconBuilding, IconDeviceLaptop, IconUser, IconUserOff } from '@tabler/icons-react';
import type { Invitee, Meeting } from '#shared/meetings/public.ts';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import type { Sitting } from './use-sitting.ts';

/** Who is there and whether that is enough: "cần 14, có 13". */
export function PeoplePart({ sitting }: Readonly<{ sitting: Sitting }>) {
  const words = useWords();
  const { meeting, quorum } = sitting;
  const { needed, has, met } = quorum;
  const people = meeting.invitees.toSorted((a, b) => rankOf(a) - rankOf(b));
  return (
    <section aria-labelledby="sitting-people">
      <h2 id="sitting-people">{words('sitting.people')}</h2>
      {meeting.endedAt === null && (
        <p className="sitting-quorum" data-met={met} role="status">
          <strong className="figures">{words('meetings.quorum', { needed, has })}</strong>{' '}
          {words(met ? 'sitting.quorum.met' : 'sitting.quorum.not')}
        </p>
      )}
      <ul className="sitting-people">
        {people.map((one) => (
          <Person key={one.person} invitee={one} meeting={meeting} />
        ))}
      </ul>
    </section>
  );
}

function rankOf({ as }: Invitee): number {
  return ['chair', 'deputy', 'secretary', 'member', 'substitute', 'guest'].indexOf(as);
}

const shapes = {
  room: IconBuilding,
  remote: IconDeviceLaptop,
  absent: IconUserOff,
  unseen: IconUser,
} as const;

function Person({ invitee, meeting }: Readonly<{ invitee: Invitee; meeting: Meeting }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { person, as } = invitee;
  const presence = meeting.presence[person];
  const left = presence !== undefined && presence.how !== 'absent' && !presence.here;
  const how = presence === undefined ? 'unseen' : presence.how;
  const Shape = shapes[how];
  const proxy = meeting.proxies.find(({ from }) => from === person);
  const role =
    person === meeting.chair ? 'presides' : person === meeting.secretary ? 'keeps-minutes' : `as.${as}`;
  return (
    <li className="sitting-person" data-here={presence?.here === true || undefined}>
      <Shape size="1rem" stroke={1.75} aria-hidden />
      <span>
        <span>{nameOf(person)}</span>
        <span className="dim">
          {[
            words(`sitting.${role}`),
            words(left ? 'sitting.how.left' : `sitting.how.${how}`),
            ...(proxy === undefined ? [] : [words('sitting.proxy-to', { name: nameOf(proxy.to) })]),
          ].join(' · ')}
        </span>
      </span>
    </li>
  );
}
