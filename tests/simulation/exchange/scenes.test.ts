import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFaults } from './find-faults.ts';
import { openScene, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene(1);
});
afterEach(() => {
  scene.world.close();
});

/** Everything comes to rest, and nothing is wrong. */
async function endsWell(): Promise<void> {
  await scene.world.calm();
  expect(await findFaults(scene.world)).toEqual([]);
}

describe('two agencies and a hub, in fine weather', () => {
  it('a document is sent, comes whole, and its number there comes back', async () => {
    const { send, ledger, register, soon, sender, receiver } = scene;
    const id = await send(2);
    expect(ledger(id)?.state).toBe('arrived');
    register(id);
    await soon();
    expect(ledger(id)).toMatchObject({ state: 'accepted', arrival: { number: 1 } });
    await endsWell();
    expect(sender.gateway().alarms()).toHaveLength(1); // That the pages of these stories are not signed.
    expect(receiver.gateway().alarms()).toEqual([]);
  });
});

describe('a recall', () => {
  it('that crosses what was sent back is told to have come, and waits for no answer', async () => {
    const { send, delivery, ledger, returns, askBack, soon, receiver } = scene;
    const id = await send(0);
    receiver.pullOrPlug(false);
    returns(id);
    askBack(id);
    await soon();
    expect(delivery(id).state).toBe('returned');
    receiver.pullOrPlug(true);
    await endsWell();
    expect(delivery(id).recall).toMatchObject({ answer: null });
    expect(ledger(id)?.state).toBe('refused');
  });

  it('after a no is answered too', async () => {
    const { send, ledger, askBack, soon } = scene;
    const id = await send(0);
    for (const words of ['Đã giao việc', 'Vẫn đang làm']) {
      askBack(id);
      await soon();
      declines(id, words);
      await soon();
      expect(ledger(id)?.recall).toMatchObject({ answer: 'declined', words });
    }
    await endsWell();
  });

  it('that was answered with no before the document was sent back is told so, in whatever order', async () => {
    const { send, ledger, askBack, returns, soon, sender, receiver } = scene;
    const id = await send(0);
    askBack(id);
    await soon();
    sender.pullOrPlug(false);
    declines(id, 'Đã giao việc');
    await soon();
    returns(id);
    await soon();
    // The answer is the one that a hub loses.
    const [first] = scene.world.hub
      .db()
      .prepare('SELECT n FROM mailbox WHERE recipient = ? AND collected_at IS NULL ORDER BY n')
      .pluck()
      .all(sender.template.id) as number[];
    scene.world.setting.count('the hub dropped a parcel');
    scene.world.hub
      .db()
      .prepare('DELETE FROM mailbox WHERE recipient = ? AND n = ?')
      .run(sender.template.id, first);
    sender.pullOrPlug(true);
    expect(receiver.isUp()).toBe(true);
    await endsWell();
    expect(ledger(id)).toMatchObject({ state: 'refused', recall: { answer: 'declined' } });
  });
});

describe('an agency that was brought back', () => {
  it('under a clock that is behind sends nothing with other bytes', async () => {
    const { send, ledger, soon, sender } = scene;
    sender.backUp();
    const id = await send(1);
    expect(ledger(id)?.state).toBe('arrived');
    sender.offBy(-100 * 3_600_000);
    sender.restore();
    await soon();
    await endsWell();
    expect(ledger(id)?.state).toBe('arrived');
  });

  it('asks until it is answered', async () => {
    const { send, ledger, sender, world } = scene;
    sender.backUp();
    await send(0);
    sender.restore();
    await world.pass(10_000);
    world.hub.db().exec('DELETE FROM mailbox WHERE collected_at IS NULL');
    world.setting.count('the hub dropped a parcel');
    await endsWell();
    const id = await send(1);
    expect(ledger(id)?.state).toBe('arrived');
  });

  it('knows the answer to a recall although the recall is brought back after it', async () => {
    const { send, ledger, askBack, soon, sender } = scene;
    sender.backUp();
    const id = await send(0);
    askBack(id);
    await soon();
    declines(id, 'Đã giao việc');
    await soon();
    sender.restore();
    await soon();
    await endsWell();
    expect(ledger(id)?.recall).toMatchObject({ answer: 'declined' });
  });
});

describe('comparing a day that is over', () => {
  it('finds a receipt that a hub dropped: both sides name it, and it is given again', async () => {
    const { send, ledger, register, soon, dropReceipts, sender, receiver } = scene;
    const id = await send(0);
    sender.pullOrPlug(false);
    register(id);
    await soon();
    dropReceipts();
    sender.pullOrPlug(true);
    await soon();
    expect(ledger(id)?.state).toBe('arrived');
    await endsWell();
    expect(ledger(id)?.state).toBe('accepted');
    for (const one of [sender, receiver]) {
      const codes = one.gateway().alarms();
      expect(codes.map(({ code }) => code)).toContain('exchange.receipt-not-received');
    }
  });

  it('is done later where nobody was there the day after', async () => {
    const { send, ledger, register, soon, dropReceipts, sender, receiver, world } = scene;
    const id = await send(0);
    sender.pullOrPlug(false);
    register(id);
    await soon();
    dropReceipts();
    receiver.goAway();
    world.setting.time.jump(5 * 86_400_000);
    sender.pullOrPlug(true);
    receiver.startAnew();
    await endsWell();
    expect(ledger(id)?.state).toBe('accepted');
  });

  it('finds no difference in what is only late by a network that is down', async () => {
    const { send, soon, sender, receiver, world } = scene;
    sender.pullOrPlug(false);
    await send(0);
    world.setting.time.jump(30 * 3_600_000);
    await soon();
    sender.pullOrPlug(true);
    await endsWell();
    expect(receiver.gateway().alarms()).toEqual([]);
  });
});

type Id = Parameters<Scene['ledger']>[0];

function declines(id: Id, words: string): void {
  const { delivery, receiver } = scene;
  const { id: deliveryOf, document: documentId, recall } = delivery(id);
  receiver.give(receiver.template.agency.staff.clerk.id, 'exchange.answerRecall', {
    deliveryId: deliveryOf,
    documentId,
    message: recall?.message,
    agree: false,
    words,
  });
}
