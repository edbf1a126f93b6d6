import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { deliveryId } from '../../shared/exchange/public.ts';
import { AppError, ConsignmentIdSchema, type ConsignmentId } from '../../shared/kernel/public.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { readAlarms } from '../../server/main.ts';
import { until } from '../../tests/support/agency-server.ts';
import { someFields } from '../../tests/support/builders.ts';
import { openPair, type JoinedPair } from '../../tests/support/joined-pair.ts';
import { saveInto } from './files.ts';
import type { Step, StepResult } from './steps.ts';

const papers = 5;
const patienceMs = 60_000;
const unsigned = 'exchange.fewer-signatures';

export type BetweenParts = Readonly<{
  /** The page that was sealed in the day, and the letters of the morning: what is sent here. */
  pages: () => readonly string[];
  folder: string;
}>;

export type BetweenAgencies = Readonly<{ steps: readonly Step[]; close: () => Promise<void> }>;

/** Two agencies' servers and a hub, each a process of its own; papers go over, come back, are replaced, and outlast the hub. */
export function betweenAgencies(parts: BetweenParts): BetweenAgencies {
  const between = new Between(parts);
  return {
    steps: [
      { name: 'connect', run: (spoiled) => between.connect(spoiled) },
      { name: 'send', run: (spoiled) => between.send(spoiled) },
      { name: 'recall', run: (spoiled) => between.recall(spoiled) },
      { name: 'refuse', run: (spoiled) => between.refuse(spoiled) },
      { name: 'replace', run: (spoiled) => between.replace(spoiled) },
      { name: 'lose-hub', run: (spoiled) => between.loseHub(spoiled) },
      { name: 'compare', run: (spoiled) => between.compare(spoiled) },
    ],
    close: () => between.close(),
  };
}

class Between {
  readonly #parts: BetweenParts;
  #pair: JoinedPair | null = null;
  /** What was sent, by the place of its paper. */
  readonly #sent = new Map<number, ConsignmentId>();

  constructor(parts: BetweenParts) {
    this.#parts = parts;
  }

  async connect(spoiled: boolean): Promise<StepResult> {
    const all = this.#parts.pages();
    const pages = Array.from({ length: papers }, (_none, n) => all[n % all.length] ?? '');
    const [hub, from, to] = [await freePort(), await freePort(), await freePort()];
    const pair = await openPair(
      { hub, from, to },
      pages.map((path) => readFileSync(path)),
    );
    this.#pair = pair;
    // Only administrators compare codes.
    if (spoiled) pair.sender.give('exchange.confirmPeer', { peerId: pair.to.agencyId, code: '0' });
    return { acts: ['peerConfirmed', 'peerConfirmed'], files: [] };
  }

  /** A document is in the other agency's register with nothing retyped, and its sender sees their number. */
  async send(spoiled: boolean): Promise<StepResult> {
    const { receiver, to } = this.#both();
    const id = this.#send(0);
    const { id: documentId } = await this.#both().arrived(id);
    receiver.give('documents.registerIncoming', {
      documentId,
      fields: someFields({ issuedOn: null }),
      presentTo: spoiled ? to.agency.staff.officer.id : to.agency.staff.head.id,
    });
    await this.#until(id, 'accepted');
    const number = this.#both().ledger(id)?.arrival?.number;
    if (number !== 1) throw new AppError('exchange.receipt-for-nothing');
    return { acts: ['consignmentSent', 'deliveryArrived', 'incomingRegistered'], files: [] };
  }

  /** Asked back, and the clerk there agrees. */
  async recall(spoiled: boolean): Promise<StepResult> {
    const { sender, receiver, delivery, arrived, from } = this.#both();
    const id = this.#sentAs(0);
    if (!spoiled) {
      sender.give('exchange.askBack', {
        documentId: this.#paper(0).documentId,
        consignments: [{ id, message: newConsignmentId() }],
        reason: 'Sai số liệu ở phụ lục',
      });
      await until('they are asked', () => delivery(id)?.recall !== null, patienceMs);
    }
    receiver.give('exchange.answerRecall', {
      deliveryId: deliveryId(from.agencyId, id),
      documentId: (await arrived(id)).id,
      message: delivery(id)?.recall?.message,
      agree: true,
      words: 'Đồng ý cho lấy lại',
    });
    await this.#until(id, 'withdrawn');
    return { acts: ['consignmentAskedBack', 'recallAgreed'], files: [] };
  }

  async refuse(spoiled: boolean): Promise<StepResult> {
    const { receiver, arrived, ledger, from } = this.#both();
    const id = this.#send(1);
    receiver.give('exchange.returnDelivery', {
      deliveryId: deliveryId(from.agencyId, id),
      documentId: (await arrived(id)).id,
      code: 'wrong-place',
      words: spoiled ? '' : 'Không thuộc thẩm quyền của xã.',
    });
    await this.#until(id, 'refused');
    if (ledger(id)?.refused?.code !== 'wrong-place') throw new AppError('exchange.receipt-for-nothing');
    return { acts: ['deliveryArrived', 'deliveryReturned'], files: [] };
  }

  /** The new paper takes the place of the old one on both sides (NĐ 30 Đ18). */
  async replace(spoiled: boolean): Promise<StepResult> {
    const { arrived, delivery } = this.#both();
    const old = this.#send(2);
    await arrived(old);
    await this.#until(old, 'arrived');
    const document = this.#paper(spoiled ? 3 : 2).documentId;
    const id = this.#both().send(3, { refs: [old], succeeds: { how: 'replaces', document } });
    this.#sent.set(3, id);
    await arrived(id);
    await until(
      'the old one says what replaces it',
      () => delivery(old)?.succeededBy.length === 1,
      patienceMs,
    );
    return { acts: ['documentSucceeded', 'deliverySucceeded'], files: [] };
  }

  /** The hub is killed, a paper is sent meanwhile, and goes by itself once the hub is back. */
  async loseHub(spoiled: boolean): Promise<StepResult> {
    const pair = this.#both();
    await pair.stop('hub', 'SIGKILL');
    const id = this.#send(4);
    await until('it waits at the server', () => pair.ledger(id)?.state === 'queued', patienceMs);
    if (spoiled) throw new AppError('hub.away', { host: pair.hub.url });
    await pair.start('hub');
    await pair.arrived(id);
    await this.#until(id, 'arrived');
    return { acts: ['consignmentQueued', 'consignmentSent', 'deliveryArrived'], files: [] };
  }

  /** Every page that came is the very bytes that were sealed, and nobody has been alarmed by anything that went wrong. */
  async compare(spoiled: boolean): Promise<StepResult> {
    const pair = this.#both();
    const files: string[] = [];
    for (const [place, id] of this.#sent) {
      const came = await pair.pageOf(id);
      const sealed = spoiled ? this.#paper(place).bytes.subarray(1) : this.#paper(place).bytes;
      if (!Buffer.from(came).equals(sealed)) throw new AppError('exchange.altered');
      files.push(saveInto(this.#parts.folder, `3-lien-thong-${place + 1}.pdf`, came));
    }
    if (files.length !== papers) throw new AppError('exchange.unknown-delivery');
    // The letters of the morning carry no signatures, and the server says so; the sealed answer does.
    const alarms = readAlarms(pair.from.data).filter(
      ({ code, about }) => code !== unsigned || about === this.#paper(0).document.number?.notation,
    );
    if (alarms.length > 0 || readAlarms(pair.to.data).length > 0) throw new AppError('exchange.altered');
    return { acts: [], files };
  }

  async close(): Promise<void> {
    await this.#pair?.close();
  }

  #both(): JoinedPair {
    if (this.#pair === null) throw new AppError('exchange.not-connected');
    return this.#pair;
  }

  #paper(place: number): JoinedPair['papers'][number] {
    const paper = this.#both().papers[place];
    if (paper === undefined) throw new AppError('documents.unknown');
    return paper;
  }

  #send(place: number): ConsignmentId {
    const id = this.#both().send(place);
    this.#sent.set(place, id);
    return id;
  }

  #sentAs(place: number): ConsignmentId {
    const id = this.#sent.get(place);
    if (id === undefined) throw new AppError('exchange.unknown-consignment');
    return id;
  }

  async #until(id: ConsignmentId, state: string): Promise<void> {
    await until(`the sender sees “${state}”`, () => this.#both().ledger(id)?.state === state, patienceMs);
  }
}

function newConsignmentId(): ConsignmentId {
  return ConsignmentIdSchema.parse(systemClock.newId());
}

/** A port nobody listens at. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
