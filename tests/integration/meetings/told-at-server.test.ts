import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { MeetingTelling } from '#shared/meetings/public.ts';
import { until, type HeadlessDesk } from '../../support/agency-server.ts';
import { aMeetingAtServer, type MeetingAtServer } from '../../support/meeting-at-server.ts';

describe('what is told in a meeting, over a server', () => {
  let at: MeetingAtServer;
  let chair: HeadlessDesk;
  let member: HeadlessDesk;
  let outsider: HeadlessDesk;

  beforeAll(async () => {
    at = await aMeetingAtServer(20_458, ['head', 'unitHead', 'clerk'], {
      narrow: (day) => ({ access: { to: 'named', people: [day.members[1] ?? day.chair] } }),
    });
    [chair, member, outsider] = at.desks as [HeadlessDesk, HeadlessDesk, HeadlessDesk];
  }, 60_000);
  afterAll(async () => {
    for (const desk of at.desks) await desk.stop();
    at.child.kill('SIGTERM');
    await once(at.child, 'exit');
    at.remove();
  });

  const tell = (desk: HeadlessDesk, telling: MeetingTelling) =>
    desk.speak('/v1/tellings', { meetingId: at.meetingId, telling }, z.object({ out: z.boolean() }));
  const page = (item: MeetingAtServer['item'], n: number): MeetingTelling => ({
    is: 'page',
    shown: { item, paper: null, page: n },
  });

  test('a page reaches the desk of a member and not the one it came from, nor anybody outside', async () => {
    await tell(chair, page(at.item, 2));
    await until('the member hears it', () => member.told.length > 0);
    expect(member.told).toEqual([
      { meetingId: at.meetingId, by: expect.any(String) as string, telling: page(at.item, 2) },
    ]);
    expect([chair.told, outsider.told]).toEqual([[], []]);
  });

  test('a page of an item that a member may not read is not told to them', async () => {
    await tell(chair, page(at.narrow, 5));
    await tell(chair, page(at.item, 3));
    await until('the member hears what came after it', () => member.told.length > 1);
    expect(member.told.map(({ telling }) => telling)).toEqual([page(at.item, 2), page(at.item, 3)]);
  });

  test('a member shows no pages, and whoever is not in the meeting tells nothing in it', async () => {
    await expect(tell(member, page(at.item, 9))).rejects.toMatchObject({ code: 'meetings.only-chair' });
    await expect(tell(outsider, page(at.item, 9))).rejects.toMatchObject({ code: 'meetings.unknown' });
  });

  test('people connect to each other through it', async () => {
    await tell(member, { is: 'signal', from: 'one', to: null, signal: { is: 'here' } });
    await until('the chair hears it', () => chair.told.length === 1);
    expect(outsider.told).toEqual([]);
  });
});
