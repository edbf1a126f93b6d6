import { expect, it } from 'vitest';
import { z } from 'zod';
import { openScene, type Scene } from './scene.ts';

type Id = Parameters<Scene['ledger']>[0];
const zeros = '0'.repeat(64);

/** A difference that nobody made by sending, and what the comparison of that day has to say of it, on both sides. */
const plants: readonly ((scene: Scene, id: Id) => string)[] = [
  ({ receiver }, id) => {
    receiver.db().prepare('DELETE FROM ix_received WHERE id = ?').run(id);
    return `exchange.not-received ${id}`;
  },
  ({ receiver }, id) => {
    receiver.db().prepare('UPDATE ix_received SET digest = ? WHERE id = ?').run(zeros, id);
    return `exchange.other-bytes ${id}`;
  },
  ({ sender }, id) => {
    sender.db().prepare('DELETE FROM ix_parcel WHERE id = ?').run(id);
    return `exchange.not-sent ${id}`;
  },
  ({ sender }, id) => {
    const [receipt] = receiptsIn(
      sender.db().prepare('SELECT id FROM ix_evidence WHERE about = ? ORDER BY id').all(id),
    );
    sender.db().prepare('DELETE FROM ix_evidence WHERE id = ?').run(receipt);
    return `exchange.receipt-not-received ${receipt}`;
  },
  ({ receiver }, id) => {
    const rows = receiver
      .db()
      .prepare("SELECT id FROM ix_parcel WHERE about = ? AND what = 'receipt' ORDER BY id");
    const [receipt] = receiptsIn(rows.all(id));
    receiver.db().prepare('DELETE FROM ix_parcel WHERE id = ?').run(receipt);
    return `exchange.receipt-not-sent ${receipt}`;
  },
  ({ receiver }, id) => {
    const rows = receiver
      .db()
      .prepare("SELECT id FROM ix_parcel WHERE about = ? AND what = 'receipt' ORDER BY id");
    const [receipt] = receiptsIn(rows.all(id));
    receiver.db().prepare('UPDATE ix_parcel SET digest = ? WHERE id = ?').run(zeros, receipt);
    return `exchange.receipt-other-bytes ${receipt}`;
  },
];

function receiptsIn(rows: unknown): readonly string[] {
  return z
    .array(z.object({ id: z.string() }))
    .min(1)
    .parse(rows)
    .map(({ id }) => id);
}

it.for([0, 1, 2, 3, 4, 5])(
  'a day that is over is compared, and every planted difference is named on both sides (from %i)',
  async (first) => {
    const scene = await openScene(first + 1);
    const { world, sender, receiver } = scene;
    try {
      const ids: Id[] = [];
      for (let n = 0; n < 5; n += 1) ids.push(await scene.send(n));
      const [registered] = ids;
      if (registered !== undefined) scene.register(registered);
      await scene.soon();
      const planted = ids.map((id, n) => plants[(first + n) % plants.length]?.(scene, id));
      await world.calm();
      for (const one of [sender, receiver]) {
        const named = one
          .gateway()
          .alarms()
          .map(({ code, about }) => `${code} ${about}`);
        expect(named).toEqual(expect.arrayContaining(planted));
        const differences = /^exchange[.](?:receipt-)?(?:not-received|not-sent|other-bytes) /u;
        expect(named.filter((name) => differences.test(name))).toHaveLength(planted.length);
      }
    } finally {
      world.close();
    }
  },
);
