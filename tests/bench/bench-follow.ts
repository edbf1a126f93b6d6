import { once } from 'node:events';
import { z } from 'zod';
import { meetingAggregate, type MeetingTelling } from '#shared/meetings/public.ts';
import { readState } from '#electron/store/read-state.ts';
import { aMeetingAtServer } from '../support/meeting-at-server.ts';
import { until } from '../support/agency-server.ts';
import type { SyncRow } from './sync/rows.ts';

const port = 20_457;
const turns = 100;

/** How long a page that the chair turns to takes to the desks of those who follow, over the line of an agency's server. */
export async function benchFollow(): Promise<readonly SyncRow[]> {
  const at = await aMeetingAtServer(port, ['head', 'unitHead', 'officer', 'chief']);
  const [chair, ...followers] = at.desks;
  if (chair === undefined) throw new Error('Nobody chairs');
  const { meetingId, item } = at;
  try {
    const told: number[] = [];
    for (let page = 1; page <= turns; page += 1) {
      const telling: MeetingTelling = { is: 'page', shown: { item, paper: null, page } };
      const start = performance.now();
      await chair.speak('/v1/tellings', { meetingId, telling }, z.object({ out: z.boolean() }));
      await until('the page is told', () => followers.every((desk) => desk.told.length === page));
      told.push(performance.now() - start);
    }
    const written: number[] = [];
    for (let page = 1; page <= turns / 5; page += 1) {
      const start = performance.now();
      chair.give('meetings.showPage', { meetingId, shown: { item, paper: null, page: page + 500 } });
      const isThere = (db: (typeof chair)['db']) =>
        readState(db, meetingAggregate, meetingId)?.shown?.page === page + 500;
      await until('the page is written', () => followers.every(({ db }) => isThere(db)));
      written.push(performance.now() - start);
    }
    return [
      {
        row: null,
        name: 'page turned, told to 3 desks that follow, p95',
        value: p95(told),
        unit: 'ms',
        gate: { most: 200 },
      },
      {
        row: null,
        name: 'the same written in the log and folded there, p95',
        value: p95(written),
        unit: 'ms',
        gate: null,
      },
    ];
  } finally {
    for (const desk of at.desks) await desk.stop();
    at.child.kill('SIGTERM');
    await once(at.child, 'exit');
    at.remove();
  }
}

function p95(took: readonly number[]): number {
  return took.toSorted((a, b) => a - b)[Math.ceil(took.length * 0.95) - 1] ?? 0;
}
