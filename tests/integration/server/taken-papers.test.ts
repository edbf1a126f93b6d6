import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#electron/platform/clock.ts';
import { keepFileText } from '#electron/features/documents/public.ts';
import { hasFilesToGo, collectLoose, removeLoose } from '#electron/store/loose-files.ts';
import { agencyServer, openAgencyFolder } from '#server/main.ts';
import { CommandIdSchema, instantFrom } from '#shared/kernel/public.ts';
import {
  aLetter,
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
} from '../../support/agency-server.ts';

let at: AgencyAtServer;
let server: Awaited<ReturnType<AgencyAtServer['start']>>;

beforeAll(async () => {
  at = agencyAtServer(20_463, ['clerk', 'chief']);
  server = await at.start();
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  at.remove();
});

/** The administrator says at the server itself what a person does from now on. */
async function becomes(roles: readonly string[]): Promise<void> {
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  const folder = openAgencyFolder(at.data);
  const { id, certificate: _none, active: _yes, ...details } = at.agency.staff.chief;
  const { entry } = agencyServer({ folder, calendar: { holidays: [], extraWorkingDays: [] } }).decide({
    id: CommandIdSchema.parse(systemClock.newId()),
    name: 'directory.describePerson',
    actor: at.agency.staff.administrator.id,
    onBehalfOf: null,
    claimedAt: systemClock.now(),
    body: { personId: id, details: { ...details, roles } },
  });
  folder.close();
  expect(entry.refusal).toBeNull();
  server = await at.start();
}

test(
  'who may read papers no longer has neither their files nor their text, and all of it again when they may',
  { timeout: 120_000 },
  async () => {
    const clerk = startDesk(at, await enrolDesk(at, 'clerk'));
    const chief = startDesk(at, await enrolDesk(at, 'chief'));
    const parts = { db: chief.db, blobs: chief.blobs, arriving: null, now: systemClock.now };
    const texts = (hash: string) =>
      chief.db.prepare('SELECT count(*) FROM file_text WHERE hash = ?').pluck().get(hash);
    try {
      await until('both know the agency', () =>
        [clerk, chief].every(({ link }) => link.state().kind === 'even'),
      );
      const [letter, own] = [await aLetter(clerk), await aLetter(clerk)];
      for (const one of [letter, own]) clerk.give('documents.receive', one);
      await until('the files are at both desks', () =>
        [letter, own].every(({ file }) => chief.blobs.has(file.hash)),
      );
      chief.desk.rebuild();
      keepFileText(chief.db, letter.file.hash, 'Kính gửi Sở');
      // One of them is on its way from this very desk too.
      const owe = chief.db.prepare('INSERT INTO file_owed (hash, size) VALUES (?, ?)');
      owe.run(own.file.hash, own.file.size);
      expect(await removeLoose(parts)).toEqual([]);

      await becomes(['officer']);
      chief.link.hurry();
      await until('the papers are taken', () => hasFilesToGo(chief.db), 40_000);
      expect(await removeLoose(parts)).toEqual([letter.file.hash]);
      expect([
        chief.blobs.has(letter.file.hash),
        texts(letter.file.hash),
        chief.blobs.has(own.file.hash),
      ]).toEqual([false, 0, true]);
      chief.db.prepare('DELETE FROM file_owed').run();
      // What nothing speaks of any more has its time first.
      expect(await collectLoose(parts)).toEqual([]);
      const later = () => instantFrom(Date.now() + 31 * 24 * 60 * 60_000);
      expect(await collectLoose({ ...parts, now: later })).toEqual([own.file.hash]);

      await becomes(['chief']);
      chief.link.hurry();
      await until('the files are here again', () => chief.blobs.has(letter.file.hash), 40_000);
      expect(await collectLoose({ ...parts, now: later })).toEqual([]);
      expect(clerk.blobs.has(letter.file.hash)).toBe(true);
    } finally {
      await clerk.stop();
      await chief.stop();
    }
  },
);
