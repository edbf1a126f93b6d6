import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendLines } from '#electron/features/access/send-lines.ts';
import { fixHead } from '#electron/features/access/keep-fixing.ts';
import { deskName, storeOf } from '#electron/features/access/note.ts';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import type { OpenDesk } from '#electron/features/session/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { openAgencyFolder } from '#server/main.ts';
import { FoundLinesSchema, wholeLog } from '#shared/access/public.ts';
import { DocumentIdSchema } from '#shared/kernel/public.ts';
import { verifyAccess } from '#shared/node/access-log/public.ts';
import {
  even,
  eventually,
  manyMachines,
  newCommand,
  refusalOf,
  type Machine,
} from '../../support/machines.ts';

const many = manyMachines(20_512, ['clerk', 'head', 'administrator']);
beforeAll(many.begin);
afterAll(many.end);

function openAt({ core }: Machine): OpenDesk & { shared: NonNullable<OpenDesk['shared']> } {
  const open = core.sessions.current('window')?.open;
  if (open?.shared == null) throw new Error('Nobody sits here');
  return { ...open, shared: open.shared };
}

async function sent(machine: Machine): Promise<number> {
  const open = openAt(machine);
  return sendLines(open, open.shared);
}

const asked = { ...wholeLog, offset: 0, limit: 200 };

test('what is opened at one desk is seen at the leader’s, and lines lost or changed afterwards show', async () => {
  const clerk = await many.joined('clerk', 'clerk');
  const head = await many.joined('head', 'head');
  const administrator = await many.joined('administrator', 'administrator');
  const [letter] = sampleLetters;
  if (letter === undefined) throw new Error('No letters');
  const bytes = await letterPdf(letter, systemClock.now());
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const { uploadId } = await clerk.client.documents.beginUpload({ name: 'thư.pdf', size: bytes.length });
  await clerk.client.documents.appendUpload({
    uploadId,
    offset: 0,
    bytes: new Blob([new Uint8Array(bytes)]),
  });
  await clerk.client.documents.receiveFile({ commandId: newCommand(), documentId, uploadId });
  await clerk.client.documents.page({ documentId });
  await even(clerk);
  await eventually(
    'the letter is at the head',
    () => refusalOf(head.client.documents.page({ documentId })),
    (refusal) => refusal === null,
  );
  expect(await sent(clerk)).toBeGreaterThan(0);
  expect(await sent(clerk)).toBe(0);

  const of = await head.client.access.of({ documentId, offset: 0, limit: 50 });
  expect([of.total, of.people]).toEqual([2, 2]);
  expect(new Set(of.rows.map(({ machine }) => machine))).toEqual(new Set(['máy phòng']));
  const seen = await administrator.client.access.lines(asked);
  expect(new Set(seen.rows.map(({ what }) => what))).toEqual(new Set(['signedIn', 'opened']));
  expect(
    await refusalOf(
      openAt(clerk).shared.speak(
        '/v1/access/find',
        {
          filter: wholeLog,
          by: 'line',
          offset: 0,
          limit: 10,
        },
        FoundLinesSchema,
      ),
    ),
  ).toBe('access.not-yours');

  // The head is fixed in the agency's log, and comes back to the desk that asked.
  expect(fixHead(openAt(clerk), systemClock.newId)).not.toBeNull();
  await even(clerk);

  // An older copy of the desk's database: its lines since are at the server, and what is new says that some are gone.
  const open = openAt(clerk);
  const store = storeOf(open);
  open.desk.log.transaction(() => store.cut(deskName(open), 1));
  open.desk.db.prepare("UPDATE setting SET value = '1' WHERE name = 'access.sent'").run();
  await clerk.client.documents.exportRegister({
    book: 'arrivals',
    year: 2026,
    from: null,
    to: null,
    extra: [],
    form: 'csv',
  });
  await sent(clerk);
  const after = await administrator.client.access.lines(asked);
  expect(after.total).toBe(seen.total + 2);
  expect(after.rows.map(({ what }) => what)).toContain('restarted');

  many.closeAll();
  await many.stopServer();
  const folder = openAgencyFolder(many.at.data);
  try {
    const entries = folder.log.entriesAfter(0, 10_000);
    const chains = folder.access.desks().map((desk) => [desk, folder.access.after(desk, 0, 10_000)] as const);
    expect(verifyAccess(new Map(chains), entries)).toMatchObject({ ok: true, fixed: 1 });
    const [own] = chains.filter(([desk]) => desk === deskName(open));
    if (own === undefined) throw new Error('The clerk left no lines');
    const cut = new Map(chains).set(own[0], own[1].slice(0, 1));
    expect(verifyAccess(cut, entries)).toMatchObject({ ok: false, why: 'not-as-fixed' });
  } finally {
    folder.close();
  }
}, 60_000);
