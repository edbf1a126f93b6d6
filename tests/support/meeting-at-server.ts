import type { ChildProcess } from 'node:child_process';
import type { AgendaItemId, MeetingId } from '#shared/kernel/public.ts';
import type { ItemFields } from '#shared/meetings/public.ts';
import {
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type HeadlessDesk,
} from './agency-server.ts';
import { aMeetingDay, type MeetingDay } from './meeting-day.ts';
import type { Staff } from './small-agency.ts';

export type MeetingAtServer = Readonly<{
  meetingId: MeetingId;
  /** What is spoken of, and an item that some of the others may not read. */
  item: AgendaItemId;
  narrow: AgendaItemId;
  /** Of those asked for, in their order, each in step with the server. */
  desks: readonly HeadlessDesk[];
  at: AgencyAtServer;
  child: ChildProcess;
  remove: () => void;
}>;

type Order = Readonly<{ narrow?: (day: MeetingDay) => Partial<ItemFields> }>;

/** A meeting in session in an agency with a server, and desks of people who sit in it. */
export async function aMeetingAtServer(
  port: number,
  who: readonly (keyof Staff)[],
  { narrow = () => ({}) }: Order = {},
): Promise<MeetingAtServer> {
  const made: Pick<MeetingAtServer, 'meetingId' | 'item' | 'narrow'>[] = [];
  const at = agencyAtServer(port, who, (agency) => {
    const day = aMeetingDay(agency);
    made.push({ meetingId: day.meetingId, item: day.put(), narrow: day.put(narrow(day)) });
    day.must(day.secretary, 'invite', { guests: [] });
    const marks = day.members.map((person) => ({ person, how: 'room', reason: '' }));
    day.must(day.secretary, 'markAttendance', { marks });
    day.must(day.chair, 'begin');
  });
  const [sitting] = made;
  if (sitting === undefined) throw new Error('There is no meeting');
  const { child } = await at.start();
  const desks: HeadlessDesk[] = [];
  for (const one of who) desks.push(startDesk(at, await enrolDesk(at, one)));
  await until(
    'every desk is even',
    () => desks.every(({ link }) => link.state().kind === 'even' && link.left() === 0),
    60_000,
  );
  return { ...sitting, desks, at, child, remove: at.remove };
}
