import { describe, expect, it } from 'vitest';
import { playSitting } from './play-sitting.ts';
import { meetingGuardNames } from './without.ts';

const stories = 48;

/** What a session has to be about now and then: one in which nobody votes would prove nothing. */
const happened = [
  'meeting: convene',
  'meeting: invite',
  'meeting: begin',
  'meeting: markAttendance',
  'meeting: openVote',
  'meeting: castVote',
  'meeting: castOnPaper',
  'meeting: vote cast against the rules of the desk',
  'meeting: closeVote',
  'meeting: leave',
  'vote counted: passed',
  'vote counted: rejected',
  'server started anew',
  'server went down before a commit',
  'server restored',
  'server overtaken',
  'request lost',
  'request twice',
  'answer lost',
  'desk went down',
  'desk off the network',
] as const;

describe('a session that votes, in all weathers', () => {
  it(
    'loses no ballot, counts none twice, and comes to the same at every desk',
    { timeout: 240_000 },
    async () => {
      const faults: Record<number, readonly string[]> = {};
      const told = new Set<string>();
      for (let seed = 1; seed <= stories; seed += 1) {
        const played = await playSitting(seed);
        if (played.faults.length > 0) faults[seed] = played.faults;
        for (const what of Object.keys(played.counts)) told.add(what);
      }
      expect(faults).toEqual({});
      expect([...told]).toEqual(expect.arrayContaining([...happened]));
    },
  );

  it('tells the same story for the same seed', { timeout: 60_000 }, async () => {
    expect(await playSitting(5)).toEqual(await playSitting(5));
  });
});

describe('each rule of a vote is needed', () => {
  it.for(meetingGuardNames)('without %s some story goes wrong', { timeout: 240_000 }, async (without) => {
    let seed = 1;
    while (seed < 300 && (await playSitting(seed, { without })).faults.length === 0) seed += 1;
    expect(seed).toBeLessThan(300);
    expect((await playSitting(seed)).faults).toEqual([]);
  });
});
