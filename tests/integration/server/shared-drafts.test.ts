import { cpSync, renameSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#electron/platform/clock.ts';
import type { CoreClient } from '#electron/host/core.ts';
import { asOutgoing } from '#shared/documents/public.ts';
import { DocumentIdSchema, StepIdSchema, type DocumentId } from '#shared/kernel/public.ts';
import {
  even,
  eventually,
  manyMachines,
  newCommand,
  passphrase,
  refusalOf,
  type Machine,
} from '../../support/machines.ts';
import { DraftWindow } from '../../support/window.ts';

const { at, begin, end, stopServer, joined, machine } = manyMachines(20_450, [
  'officer',
  'colleague',
  'unitHead',
]);
const { officer, colleague, unitHead } = at.agency.staff;
let drafter: Machine;
let writer: Machine;
let head: Machine;

beforeAll(async () => {
  await begin();
  [drafter, writer, head] = [
    await joined('người soạn', 'officer'),
    await joined('người cùng soạn', 'colleague'),
    await joined('trưởng phòng', 'unitHead'),
  ];
  await Promise.all([drafter, writer, head].map(even));
});
afterAll(end);

async function startDraft({ client }: Machine, subject: string): Promise<DocumentId> {
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const summary = {
    kind: 'TB',
    template: 'thong-bao',
    subject,
    symbol: '',
    urgency: 'normal' as const,
    dueOn: null,
  };
  const body = { documentId, summary, repliesTo: null };
  expect(await client.drafting.start({ commandId: newCommand(), body })).toMatchObject({ ok: true });
  return documentId;
}

/** A draft that both write, and a window of each at it. */
async function sharedDraft(subject: string) {
  const documentId = await startDraft(drafter, subject);
  const body = { documentId, people: [colleague.id] };
  const named = await drafter.client.drafting.nameCoWriters({ commandId: newCommand(), body });
  expect(named).toMatchObject({ ok: true });
  await even(drafter);
  await eventually(
    'the co-writer knows of it',
    () => writer.client.documents.page({ documentId }).catch(() => null),
    (page) => page !== null,
  );
  const [one, two] = [
    new DraftWindow(drafter.client, documentId),
    new DraftWindow(writer.client, documentId),
  ];
  await one.exchange();
  await eventually(
    'its words are there too',
    () => two.exchange().then(() => two.last?.waits),
    (waits) => waits === false,
  );
  return { documentId, one, two };
}

const both = (one: DraftWindow, two: DraftWindow, said: readonly string[]) =>
  eventually(
    'both have the same text',
    async () => [await one.text(), await two.text()],
    ([here, there]) => here === there && said.every((sentence) => here?.includes(sentence) === true),
  );

async function submit(client: CoreClient, documentId: DocumentId) {
  const step = {
    id: StepIdSchema.parse(systemClock.newId()),
    kind: 'visa' as const,
    person: unitHead.id,
    authority: null,
    delegation: null,
  };
  const sign = { ...step, id: StepIdSchema.parse(systemClock.newId()), kind: 'sign' as const };
  const steps = [step, { ...sign, person: at.agency.staff.head.id }];
  const { reply } = await client.workflow.submitDraft({ commandId: newCommand(), documentId, steps });
  expect(reply).toMatchObject({ ok: true });
}

const withdraw = async (client: CoreClient, documentId: DocumentId) => {
  const body = { documentId, reason: 'Viết lại' };
  expect(await client.workflow.withdraw({ commandId: newCommand(), body })).toMatchObject({ ok: true });
};

const stateAt = ({ client }: Machine, documentId: DocumentId, state: string) =>
  eventually(
    `it is ${state} there`,
    () => client.documents.page({ documentId }).catch(() => null),
    (page) => page?.document.state === state,
  );

test('two write one draft at once, see each other, and whoever is not named does neither', async () => {
  const { documentId, one, two } = await sharedDraft('Hai người cùng viết');
  await Promise.all([one.write('Đoạn của người soạn.'), two.write('Đoạn của người cùng soạn.')]);
  await two.say({ addressees: ['Sở Nội vụ'] });
  await both(one, two, ['Đoạn của người soạn.', 'Đoạn của người cùng soạn.']);
  expect(one.field('addressees')).toEqual(['Sở Nội vụ']);
  await eventually(
    'each is seen by the other',
    async () => {
      await Promise.all([one.exchange(), two.exchange()]);
      return [one.last?.others, two.last?.others].map((others) => others?.map(({ person }) => person));
    },
    ([here, there]) => here?.[0] === colleague.id && there?.[0] === officer.id,
  );
  await eventually(
    'the server has it',
    () => one.exchange().then(() => one.last?.kept),
    (kept) => kept === 'recorded',
  );
  // The head of their unit reads the draft, and does not write it.
  const reads = await head.client.documents.page({ documentId }).catch(() => null);
  expect(reads === null || reads.document.state === 'draft').toBe(true);
  const other = new DraftWindow(head.client, documentId);
  expect(await refusalOf(other.exchange())).toMatch(/^documents[.](only-writers|unknown)$/u);
  const submitting = writer.client.workflow.submitDraft({ commandId: newCommand(), documentId, steps: [] });
  expect(await refusalOf(submitting)).not.toBeNull();
});

test('days apart without a network, both write on; afterwards both have both', async () => {
  const { one, two } = await sharedDraft('Mất mạng');
  await stopServer();
  await one.write('Viết ở hội trường.');
  await two.write('Viết ở xã.');
  expect(one.last).toMatchObject({ kept: 'here' });
  expect(two.written()).not.toContain('Viết ở hội trường.');
  await begin();
  await both(one, two, ['Viết ở hội trường.', 'Viết ở xã.']);
});

/** The co-writer writes out of reach, and is switched off until the draft was submitted without it. */
async function writeTooLate(theirs: DraftWindow, sentence: string, documentId: DocumentId): Promise<void> {
  await stopServer();
  await theirs.write(sentence);
  writer.core.close();
  await begin();
  await submit(drafter.client, documentId);
  await even(drafter);
  writer = machine('người cùng soạn');
  await writer.client.session.signIn({ agencyId: at.agencyId, personId: colleague.id, passphrase });
  await stateAt(writer, documentId, 'circulating');
}

test('what came too late for what was submitted is held back, shown, and joins or goes as its writer says', async () => {
  const { documentId, one, two } = await sharedDraft('Sửa muộn');
  await one.say({ subject: 'Sửa muộn' });
  await writeTooLate(two, 'Đoạn viết muộn.', documentId);
  const late = await eventually(
    'it is held back',
    () => writer.client.drafting.unsubmitted({ documentId }),
    (found) => found?.late === true,
  );
  expect(JSON.stringify(late?.draft)).toContain('Đoạn viết muộn.');
  expect(await drafter.client.drafting.unsubmitted({ documentId })).toBeNull();
  const settle = (how: 'join' | 'drop') => writer.client.drafting.settleOwn({ documentId, how });
  expect(await refusalOf(settle('join'))).toBe('drafting.not-open');

  await withdraw(drafter.client, documentId);
  await Promise.all([even(drafter), stateAt(writer, documentId, 'draft')]);
  const again = new DraftWindow(writer.client, documentId);
  await again.exchange();
  expect(again.last).toMatchObject({ late: true });
  expect(await one.text()).not.toContain('Đoạn viết muộn.');
  await settle('join');
  await both(one, again, ['Đoạn viết muộn.']);

  await writeTooLate(again, 'Đoạn sẽ bỏ.', documentId);
  await eventually(
    'it is held back again',
    () => writer.client.drafting.unsubmitted({ documentId }),
    (found) => found?.late === true,
  );
  await settle('drop');
  expect(await writer.client.drafting.unsubmitted({ documentId })).toBeNull();
});

test('what its drafter wrote and submitted out of reach is at the server as it was submitted', async () => {
  await stopServer();
  const documentId = await startDraft(drafter, 'Trình khi mất mạng');
  const one = new DraftWindow(drafter.client, documentId);
  await one.write('Viết và trình trên xe.');
  await submit(drafter.client, documentId);
  await begin();
  await even(drafter);
  await stateAt(head, documentId, 'circulating');
  expect(await drafter.client.drafting.unsubmitted({ documentId })).toBeNull();
  await withdraw(drafter.client, documentId);
  await one.exchange();
  expect(one.last).toMatchObject({ late: false });
  expect(one.written()).toContain('Viết và trình trên xe.');
  await eventually(
    'the server has it',
    () => one.exchange().then(() => one.last?.kept),
    (kept) => kept === 'recorded',
  );
  const { document } = await head.client.documents.page({ documentId });
  expect(asOutgoing(document).versions[0]?.draft?.name).toBe('du-thao.json');
});

test('a server that came back from a copy is given the words it lost, taken-out ones too', async () => {
  const { one, two } = await sharedDraft('Máy chủ hỏng');
  await one.write('Câu còn lại.');
  await both(one, two, ['Câu còn lại.']);
  await stopServer();
  const copy = `${at.data}-copy`;
  cpSync(at.data, copy, { recursive: true });
  await begin();
  await two.write('Câu viết sau bản sao.');
  await one.exchange();
  one.doc.transact(() => {
    one.doc.getXmlFragment('text').delete(0, 1);
  });
  await both(one, two, ['Câu viết sau bản sao.']);
  const told = one.written();
  await stopServer();
  rmSync(at.data, { recursive: true });
  renameSync(copy, at.data);
  await begin();
  await both(one, two, ['Câu viết sau bản sao.']);
  expect(one.written()).toBe(told);
  await eventually(
    'the server has it again',
    () => two.exchange().then(() => two.last?.kept),
    (kept) => kept === 'recorded',
  );
});
