import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Actor } from '#electron/features/sample/act-as.ts';
import { beginBatch, endBatch, endBatchesOf, signFile } from '#electron/features/signing/public.ts';
import { openCore } from '#electron/host/core.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { openSteps } from '#shared/documents/public.ts';
import { CommandIdSchema, type DocumentId } from '#shared/kernel/public.ts';
import { jointOffice, type JointOffice } from '../../support/joint-office.ts';
import { refusalOf } from '../../support/store.ts';

const home = mkdtempSync(join(tmpdir(), 'antin-lo-ky-'));
const pin = '246810';
let joint: JointOffice;
let made = 0;
beforeAll(async () => {
  joint = await jointOffice(home);
}, 60_000);
afterAll(() => {
  joint.office.open.close();
  rmSync(home, { recursive: true, force: true });
});

function waiting(part: 'leader' | 'deputy' = 'leader'): Promise<DocumentId> {
  const subject = `việc ${(made += 1)}`;
  const steps = [
    part === 'leader'
      ? joint.step('sign', 'leader')
      : joint.step('sign', 'deputy', { authority: 'KT.', delegation: joint.delegation }),
  ];
  return joint.submit({ kind: 'TB', template: 'thong-bao', subject, steps });
}

async function sign(actor: Actor, documentId: DocumentId, batch: string): Promise<void> {
  const [step] = openSteps(joint.document(documentId).circuit);
  if (step === undefined) throw new Error('Nothing is to be signed');
  const commandId = CommandIdSchema.parse(systemClock.newId());
  const { reply } = await signFile(actor, { commandId, documentId, stepId: step.id, batch });
  expect(reply.ok).toBe(true);
}

async function begun(actor: Actor): Promise<string> {
  return (await beginBatch(actor, { pin, key: null })).batch;
}

describe('a leader with many papers', () => {
  test('signs them all with one PIN, and what cannot be signed stops nothing else', async () => {
    const leader = joint.as('leader');
    const [first, second, notMine] = [await waiting(), await waiting(), await waiting('deputy')];
    const batch = await begun(leader);
    await sign(leader, first, batch);
    expect(await refusalOf(() => sign(leader, notMine, batch))).toBe('workflow.not-your-turn');
    await sign(leader, second, batch);
    expect([first, second].map((id) => joint.document(id).state)).toEqual(['signed', 'signed']);
    await endBatch(leader, batch);
  });

  test('is asked for the PIN before anything is signed, and once it is wrong nothing is', async () => {
    const leader = joint.as('leader');
    expect(await refusalOf(() => beginBatch(leader, { pin: '000000', key: null }))).toBe('signing.wrong-pin');
  });
});

describe('a key that was opened for a batch', () => {
  test('is shut when the batch ends', async () => {
    const leader = joint.as('leader');
    const batch = await begun(leader);
    await endBatch(leader, batch);
    const id = await waiting();
    expect(await refusalOf(() => sign(leader, id, batch))).toBe('signing.batch-over');
  });

  test('signs for nobody else, and from no other window', async () => {
    const leader = joint.as('leader');
    const batch = await begun(leader);
    const id = await waiting();
    const elsewhere: Actor = { ...leader, sessionKey: 'another window' };
    expect(await refusalOf(() => sign(elsewhere, id, batch))).toBe('signing.batch-over');
    await endBatch(elsewhere, batch);
    expect(await refusalOf(async () => sign(joint.as('deputy'), await waiting('deputy'), batch))).toBe(
      'signing.batch-over',
    );
    await sign(leader, id, batch);
  });

  test('is shut by the next batch at the same window', async () => {
    const leader = joint.as('leader');
    const batch = await begun(leader);
    await begun(leader);
    const id = await waiting();
    expect(await refusalOf(() => sign(leader, id, batch))).toBe('signing.batch-over');
    await endBatchesOf(leader.sessionKey);
  });

  test('is shut when its person signs out', async () => {
    const leader = joint.as('leader');
    const batch = await begun(leader);
    const core = openCore(join(home, 'none'), systemClock);
    core.sessions.signOut(leader.sessionKey);
    const id = await waiting();
    expect(await refusalOf(() => sign(leader, id, batch))).toBe('signing.batch-over');
    core.close();
  });

  test('is shut when nobody has signed with it for a minute', async () => {
    const leader = joint.as('leader');
    const [first, second] = [await waiting(), await waiting()];
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const batch = await begun(leader);
      vi.advanceTimersByTime(50_000);
      await sign(leader, first, batch);
      vi.advanceTimersByTime(50_000);
      await sign(leader, second, batch);
      const third = await waiting();
      vi.advanceTimersByTime(61_000);
      expect(await refusalOf(() => sign(leader, third, batch))).toBe('signing.batch-over');
    } finally {
      vi.useRealTimers();
    }
  });
});
