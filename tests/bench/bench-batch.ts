import { openSteps } from '#shared/documents/public.ts';
import { CommandIdSchema, type DocumentId, type PersonId } from '#shared/kernel/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { connectAsBrowser, type OfficeClient } from '../support/browser-client.ts';
import { jointOffice } from '../support/joint-office.ts';
import { killHard, startOfficeProcess } from '../support/started-office.ts';
import type { Figure } from './bench-office.ts';
import { timingOf } from './measure.ts';

const size = 30;
const batches = 5;
const passphrase = 'AnTin@2026';
const pin = '246810';

/** Thirty letters that wait for a leader, signed one after another through the office's own door, as the screen does. */
export async function benchBatch(home: string): Promise<readonly Figure[]> {
  const { leader, waiting } = await waitingLetters(home);
  const { url, child } = await startOfficeProcess(home);
  const { client, close } = await connectAsBrowser(url);
  try {
    await signIn(client, leader);
    const took: number[] = [];
    const single: number[] = [];
    for (const letters of waiting) {
      const start = performance.now();
      const { batch } = await client.signing.beginBatch({ pin, key: null });
      for (const id of letters) {
        const began = performance.now();
        await signOne(client, { me: leader, batch, documentId: id });
        single.push(performance.now() - began);
      }
      await client.signing.endBatch({ batch });
      took.push(performance.now() - start);
    }
    return [
      { name: `a batch of ${size} through the office, one PIN`, timing: timingOf(took), budgetMs: 1000 },
      { name: 'one document of the batch', timing: timingOf(single), budgetMs: null },
    ];
  } finally {
    close();
    await killHard(child);
  }
}

async function waitingLetters(home: string) {
  const joint = await jointOffice(home);
  const waiting: (readonly DocumentId[])[] = [];
  for (let batch = 0; batch < batches; batch += 1) {
    const letters: DocumentId[] = [];
    for (let index = 0; index < size; index += 1) {
      const subject = `việc ${batch * size + index + 1}`;
      const steps = [joint.step('sign', 'leader')];
      letters.push(await joint.submit({ kind: 'TB', template: 'thong-bao', subject, steps }));
    }
    waiting.push(letters);
  }
  const leader = joint.office.part('leader');
  joint.office.open.close();
  return { leader, waiting };
}

async function signIn(client: OfficeClient, personId: PersonId): Promise<void> {
  const { desks } = await client.session.agencies({});
  const [desk] = desks;
  if (desk === undefined) throw new Error('There is no agency on this disk');
  await client.session.signIn({ agencyId: desk.agencyId, personId, passphrase });
}

type One = Readonly<{ me: PersonId; batch: string; documentId: DocumentId }>;

async function signOne(client: OfficeClient, { me, batch, documentId }: One): Promise<void> {
  const { document } = await client.documents.page({ documentId });
  const steps = document.direction === 'outgoing' ? openSteps(document.circuit) : [];
  const step = steps.find(({ person }) => person === me);
  if (step === undefined) throw new Error('It is not the turn of the leader');
  const commandId = CommandIdSchema.parse(systemClock.newId());
  const { reply } = await client.workflow.signFile({ commandId, documentId, stepId: step.id, batch });
  if (!reply.ok) throw new Error(reply.refusal.code);
}
