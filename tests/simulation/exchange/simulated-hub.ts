import { createHash } from 'node:crypto';
import type { Parcel } from '#shared/exchange/public.ts';
import { instantFrom, type AgencyId } from '#shared/kernel/public.ts';
import { folderStore, openArriving, openBlobs } from '#shared/node/blobs/public.ts';
import { openInMemory, type WriteDb } from '#shared/node/sqlite/public.ts';
import { codeHashOf } from '#shared/sync/public.ts';
import { hubFingerprint } from '#server/features/exchange/connection.ts';
import { hubAnswers, type HubAnswers } from '#server/hub/hub-answers.ts';
import { hubTables, sqliteHub, type HubStore } from '#server/hub/hub-store.ts';
import { memoryDisk } from '../memory-disk.ts';
import { Crash } from '../setting.ts';
import type { Setting } from './setting.ts';
import type { AgencyTemplate } from './templates.ts';

/** Whose certificate the hub shows: no line is opened in a story, so it only stands for the hub. */
export const hubAuthority = Buffer.from('the hub of the simulation').toString('base64');
/** By which an agency keeps how far it has collected here. */
export const hubId = hubFingerprint(hubAuthority);
const dataKey = new Uint8Array(createHash('sha256').update(hubAuthority).digest());

export type SimulatedHub = Readonly<{
  /** What its present run answers; null while it is down. */
  answers: () => HubAnswers | null;
  db: () => WriteDb;
  /** What it does for whoever asked, and its start anew when it goes down over it; null then. */
  guarded: <Result>(work: (answers: HubAnswers) => Promise<Result> | Result) => Promise<Result | null>;
  /** Puts a parcel into a mailbox as a hub can that answers to nobody. */
  plant: (parcel: Parcel) => Promise<void>;
  backUp: () => void;
  restore: () => void;
  startAnew: () => void;
  tidy: () => Promise<void>;
  close: () => void;
}>;

type Copy = Readonly<{ bytes: Buffer; disk: ReturnType<typeof memoryDisk> }>;

const graceDays = 30;

/** The shipped hub over a database and a disk of a story. */
export async function simulatedHub(
  setting: Setting,
  members: readonly AgencyTemplate[],
): Promise<SimulatedHub> {
  const { chance, below, count, time, isStormy, guards } = setting;
  let db = openInMemory();
  let disk = memoryDisk({ change: () => undefined });
  const closing: WriteDb[] = [];
  let copies: Copy[] = [];
  /** Counts the program's lives: what an earlier one was asked is not answered. */
  let life = 0;
  let answers: HubAnswers | null = null;
  let store: HubStore;
  db.exec(hubTables);
  store = sqliteHub(db);
  const now = () => instantFrom(time.nowMs());
  for (const { member } of members) {
    const code = `MA-${member.id}`;
    await store.invite(codeHashOf(code), instantFrom(time.nowMs() + 60_000));
    await store.join(codeHashOf(code), member, now());
    await store.settle(member.id, 'joined');
  }
  open();

  function strike(what: string): void {
    if (!isStormy() || chance() >= 0.006) return;
    count(`hub went down ${what}`);
    goDown();
    throw new Crash();
  }

  function open(): void {
    store = sqliteHub(db);
    const own = store;
    const parts = folderStore(
      openBlobs({
        folder: '/hub/parts',
        dataKey,
        files: disk.files,
        giveWay: () => Promise.resolve(),
      }),
    );
    const arrivingFrom = (agency: AgencyId) =>
      openArriving(`/hub/parts/arriving/${agency}`, {
        dataKey,
        blobs: parts,
        files: disk.files,
        giveWay: () => Promise.resolve(),
      });
    const faulty: HubStore = {
      ...own,
      hand: async (parcel, order) => {
        strike('before it kept a parcel');
        await own.hand(parcel, order);
        strike('after it kept a parcel');
      },
      after: async (to, place) => {
        // Taken away: it gives what comes after a place, whatever lies at that place.
        const found = await own.after(to, place);
        if (found !== null || guards['hub-seen']) return found;
        const all = (await own.after(to, { ...place, after: 0, known: null })) ?? [];
        return all.filter(({ n }) => n > place.after);
      },
    };
    answers = hubAnswers({
      folder: { store: faulty, fingerprint: hubId, parts, arrivingFrom },
      clock: { nowMs: time.nowMs, after: time.after },
      graceDays,
      say: () => undefined,
    });
  }

  function goDown(): void {
    life += 1;
    answers = null;
    const mine = life;
    time.after(below(isStormy() ? 90_000 : 1), () => {
      if (life !== mine) return;
      disk.restarted(true);
      open();
    });
  }

  return {
    answers: () => answers,
    db: () => db,
    guarded: async (work) => {
      const mine = life;
      if (answers === null) return null;
      try {
        const given = await work(answers);
        if (life !== mine) return null;
        return given;
      } catch (error) {
        if (life !== mine || error instanceof Crash) return null;
        throw error;
      }
    },
    plant: (parcel) => sqliteHub(db).hand(parcel, { again: false, now: now() }),
    backUp: () => {
      count('copy of the hub');
      copies = [...copies, { bytes: db.serialize(), disk: disk.copy() }].slice(-3);
    },
    restore: () => {
      const chosen = copies[below(copies.length)];
      if (chosen === undefined) return;
      count('hub restored');
      closing.push(db);
      db = openInMemory(chosen.bytes);
      if (chance() < 0.5) {
        count('hub restored without later parts');
        disk = chosen.disk.copy();
      }
      goDown();
    },
    startAnew: () => {
      count('hub started anew');
      goDown();
    },
    tidy: async () => answers?.tidy(),
    close: () => {
      life += 1;
      for (const one of [db, ...closing]) one.close();
    },
  };
}
