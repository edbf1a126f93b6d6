import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  AppError,
  CommandIdSchema,
  instantFrom,
  ref,
  type Act,
  type Aggregate,
  type ChainedEntry,
  type Command,
  type Instant,
  type PersonId,
} from '#shared/kernel/public.ts';
import { sqliteAgencyLog, type AgencyLog } from '#shared/node/agency-log/public.ts';
import { folderStore, openArriving, openBlobs, type Blobs } from '#shared/node/blobs/public.ts';
import { sqliteAccess } from '#shared/node/access-log/public.ts';
import { sqliteTexts } from '#shared/node/draft-texts/public.ts';
import {
  exchangeInFile,
  markRestored,
  noteOwed,
  sqliteGateway,
  type GatewayStore,
} from '#shared/node/exchange/public.ts';
import { openInMemory, type WriteDb } from '#shared/node/sqlite/public.ts';
import { createHolds } from '#server/blobs/holds.ts';
import { keepFiles } from '#server/blobs/keeping.ts';
import { statesIn } from '#server/data/agency-folder.ts';
import { startGateway, type Gateway } from '#server/features/exchange/gateway.ts';
import { serveFile, type Serving } from '#server/log/serving.ts';
import { filesIn } from '#shared/sync/public.ts';
import { plainCalendar } from '../../support/ask.ts';
import { memoryDisk, type MemoryDisk } from '../memory-disk.ts';
import { Crash } from '../setting.ts';
import { fragileStore } from './fragile-store.ts';
import { hubAuthority, type SimulatedHub } from './simulated-hub.ts';
import { simulatedLine } from './simulated-line.ts';
import type { Setting } from './setting.ts';
import { hashOf, type AgencyTemplate, type Templates } from './templates.ts';
import { commandsWithout, owingLate, storeWithout } from './without.ts';

type Copy = Readonly<{ bytes: Buffer; disk: MemoryDisk; at: Instant }>;

/** One agency of a story: its server's log, its gateway, and what its people's desks have given. */
export type SimulatedAgency = Readonly<{
  template: AgencyTemplate;
  db: () => WriteDb;
  log: () => AgencyLog;
  blobs: () => Blobs;
  /** What its gateway keeps, read beside it. */
  gateway: () => GatewayStore;
  stateOf: <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string) => State | null;
  entries: () => readonly ChainedEntry[];
  /** Somebody does something at a desk; it goes to the server now or when that is there again. */
  give: (by: PersonId, name: string, body: unknown) => void;
  /** What the desks have given and the log does not show is given once more, in its order. */
  bring: () => Promise<void>;
  /** Whether everything given is in the log. */
  isEven: () => boolean;
  isUp: () => boolean;
  wasRestored: () => boolean;
  /** What it asked back before an older copy was taken up and cannot ask again: it was sent back meanwhile. */
  askedInVain: () => ReadonlySet<string>;
  pullOrPlug: (online?: boolean) => void;
  offBy: (ms: number) => void;
  startAnew: () => void;
  /** Its machine is off until it is started anew. */
  goAway: () => void;
  backUp: () => void;
  restore: () => void;
  close: () => void;
}>;

export type AgencyParts = Readonly<{
  setting: Setting;
  hub: SimulatedHub;
  templates: Templates;
  onPiece: (bytes: Buffer) => Buffer;
}>;

export async function simulatedAgency(
  { setting, hub, templates, onPiece }: AgencyParts,
  template: AgencyTemplate,
): Promise<SimulatedAgency> {
  const { chance, below, count, guards, time, isStormy } = setting;
  const { id: agencyId, identity } = template;
  const dataKey = new Uint8Array(createHash('sha256').update(agencyId).digest());
  const giveWay = () => Promise.resolve();
  let db = openInMemory(template.database);
  const closing: WriteDb[] = [];
  let disk = memoryDisk({ change: () => undefined });
  let copies: Copy[] = [];
  let given: Command[] = [];
  let isOnline = true;
  let offMs = 0;
  let restored = false;
  /** What was decided as it was asked before an older copy was taken up: its desk knows. */
  const granted = new Set<string>();
  /** Counts the program's lives: what an earlier one began does not go on. */
  let life = 0;
  let run: Readonly<{ serving: Serving; gateway: Gateway }> | null = null;
  const nowMs = () => time.nowMs() + offMs;
  /** The same file, read beside the program. */
  let beside = { log: sqliteAgencyLog(db), gateway: sqliteGateway(db) };
  const log = () => beside.log;

  const openStore = (folder: string) => openBlobs({ folder, dataKey, files: disk.files, giveWay });
  let blobs = openStore('/blobs');
  await keepPapers();
  start();

  /** The desks still hold the files they made, and bring them again where they are missing. */
  async function keepPapers(): Promise<void> {
    for (const { files } of template.papers) {
      for (const bytes of files) if (!blobs.has(hashOf(bytes))) await blobs.put(bytes);
    }
  }

  function start(): void {
    life += 1;
    const mine = life;
    const isThere = () => life === mine;
    const mustBeThere = () => {
      if (!isThere()) throw new Crash();
    };
    const strike = (what: string): void => {
      mustBeThere();
      if (!isStormy() || chance() >= 0.004) return;
      count(`agency went down ${what}`);
      goDown();
      throw new Crash();
    };
    const file = db;
    const log = sqliteAgencyLog(file);
    const store = fragileStore(storeWithout(guards, sqliteGateway(file), { db: file, nowMs }), {
      mustBeThere,
      strike,
    });
    const here = blobs;
    const faulty: AgencyLog = {
      ...log,
      transaction: (work) => {
        mustBeThere();
        return log.transaction(work);
      },
      append: (entry, hash) => {
        log.append(entry, hash);
        strike('before a commit');
        const isTaken = entry.command.name === 'exchange.takeDelivery' && entry.refusal === null;
        const missing = isTaken ? filesIn(entry.command.body).filter((file) => !here.has(file.hash)) : [];
        if (missing.length > 0) setting.fault('a delivery was taken without its files');
      },
    };
    const keeping = keepFiles(folderStore(blobs), {
      holds: createHolds(),
      marks: noMarks,
      arrivingFrom: () => {
        throw new Error('No desk sends files in these stories');
      },
    });
    const owing = owingLate(guards, (decided) => {
      noteOwed(store.owe, decided);
    });
    const serving = serveFile(
      { log: faulty, texts: sqliteTexts(file), access: sqliteAccess(file) },
      {
        agencyId,
        calendar: plainCalendar,
        now: () => instantFrom(nowMs()),
        commands: commandsWithout(guards, setting.newId),
        files: keeping.held,
        isShown: () => true,
        also: owing.also,
      },
    );
    const decide = async (command: Command): Promise<ChainedEntry> => {
      mustBeThere();
      const chained = await serving.decide(command);
      strike('after a commit');
      owing.after();
      return chained;
    };
    const sealed = openStore('/exchange');
    const gateway = startGateway({
      folder: {
        blobs: folderStore(blobs),
        dataKey,
        file: { agencyId, agencyName: template.member.details.name },
      },
      connected: {
        hubs: [{ url: 'https://hub', authority: hubAuthority }],
        identity,
        lines: [],
      },
      exchange: exchangeInFile(store),
      server: {
        decide,
        head: async () => {
          mustBeThere();
          return serving.head();
        },
        looking: async (work) => {
          mustBeThere();
          return serving.looking(work);
        },
      },
      states: async (kind) => {
        mustBeThere();
        return Promise.resolve(statesIn(file, kind));
      },
      files: keeping,
      decided: () => undefined,
      overtaken: () => {
        setting.fault('a server was overtaken where there is no other');
      },
      say: (line) => {
        const { what, code } = line as Record<string, unknown>;
        if (isThere() && what !== 'exchange alarm') count(`said: ${String(what)} ${String(code)}`);
      },
      machine: {
        nowMs,
        chance,
        newId: setting.newId,
        sleep: (ms, over) =>
          new Promise((resolve) => {
            const wake = () => {
              takeBack();
              over.removeEventListener('abort', wake);
              if (isThere()) resolve();
            };
            const takeBack = time.after(ms, wake);
            over.addEventListener('abort', wake);
          }),
      },
      guards,
      doorTo: () => simulatedLine({ setting, hub, isOnline: () => isOnline, isThere, onPiece }),
      transportOf: () => {
        throw new Error('No line speaks edXML in these stories');
      },
      readPage: (bytes) => {
        const read = templates.pages.get(hashOf(bytes));
        if (read === undefined) throw new AppError('intake.not-pdf', { name: '' });
        return Promise.resolve(read);
      },
      sealed,
      arriving: openArriving('/exchange/arriving', { dataKey, blobs: sealed, files: disk.files, giveWay }),
    });
    run = { serving: { ...serving, decide }, gateway };
  }

  /** Whether it was refused for a paper that is not back yet, or for what came to its end before and has not heard of it again. */
  function isToBeDoneAgain({ id }: Command): boolean {
    const code = log().decisionOn(id)?.entry.refusal?.code;
    if (code === undefined || !restored) return false;
    return lostOnes.has(code) || (notYet.has(code) && granted.has(id));
  }

  function doneAgain(command: Command): Command {
    const id = CommandIdSchema.parse(setting.newId());
    if (granted.has(command.id)) granted.add(id);
    return { ...command, id };
  }

  function goDown(): void {
    life += 1;
    run = null;
    const mine = life;
    time.after(isStormy() ? 1000 + below(120_000) : 1, () => {
      if (life !== mine) return;
      disk.restarted(true);
      blobs = openStore('/blobs');
      start();
    });
  }

  return {
    template,
    db: () => db,
    log,
    blobs: () => blobs,
    gateway: () => beside.gateway,
    stateOf: <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string) =>
      // Folded by this aggregate's own `evolve`.
      (log().state(ref(aggregate.kind, id))?.state ?? null) as State | null,
    entries: () => log().entriesAfter(0, 1_000_000),
    give: (by, name, body) => {
      given = [
        ...given,
        {
          id: CommandIdSchema.parse(setting.newId()),
          name,
          actor: by,
          onBehalfOf: null,
          claimedAt: instantFrom(time.nowMs()),
          body,
        },
      ];
    },
    bring: async () => {
      const own = run;
      if (own === null) return;
      // The clerk finds it among what was not taken, and does it again once the paper is back.
      given = given.map((one) => (isToBeDoneAgain(one) ? doneAgain(one) : one));
      const waiting = given.filter(({ id }) => log().decisionOn(id) === null);
      try {
        if (waiting.length > 0) await keepPapers();
        for (const command of waiting) {
          const { entry } = await own.serving.decide(command);
          count(entry.refusal === null ? command.name : `refused: ${command.name} ${entry.refusal.code}`);
          if (isToBeDoneAgain(command)) return;
        }
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
      }
      if (waiting.length > 0) own.gateway.nudge();
    },
    isEven: () => given.every((one) => log().decisionOn(one.id) !== null && !isToBeDoneAgain(one)),
    isUp: () => run !== null,
    wasRestored: () => restored,
    askedInVain: () => {
      const vain = given.filter(
        ({ id }) => granted.has(id) && log().decisionOn(id)?.entry.refusal?.code === 'exchange.not-in-state',
      );
      return new Set(vain.flatMap(({ name, body }) => (name === 'exchange.askBack' ? messagesIn(body) : [])));
    },
    pullOrPlug: (online) => {
      isOnline = online ?? !isOnline;
      count(isOnline ? 'agency back on the line' : 'agency off the line');
    },
    offBy: (ms) => {
      offMs = ms;
    },
    goAway: () => {
      life += 1;
      run = null;
    },
    startAnew: () => {
      count('agency started anew');
      goDown();
    },
    backUp: () => {
      count('copy of an agency');
      copies = [...copies, { bytes: db.serialize(), disk: disk.copy(), at: instantFrom(nowMs()) }].slice(-3);
    },
    restore: () => {
      const chosen = copies[below(copies.length)];
      if (chosen === undefined) return;
      count('agency restored');
      restored = true;
      for (const { id } of given) if (log().decisionOn(id)?.entry.refusal === null) granted.add(id);
      // What was refused stays refused (`shared/sync/messages.ts`), and is not asked for again.
      given = given.filter(
        (one) => (log().decisionOn(one.id)?.entry.refusal ?? null) === null || isToBeDoneAgain(one),
      );
      closing.push(db);
      db = openInMemory(chosen.bytes);
      beside = { log: sqliteAgencyLog(db), gateway: sqliteGateway(db) };
      // As `antin serve restore` marks it.
      if (guards['ask-first']) markRestored(db, { since: chosen.at, at: instantFrom(nowMs()) });
      if (chance() < 0.5) {
        count('agency restored without later files');
        disk = chosen.disk.copy();
      } else {
        // A copy holds the files of its time, also where an older one had been taken up since.
        disk.putBack(chosen.disk);
      }
      goDown();
    },
    close: () => {
      life += 1;
      for (const one of [db, ...closing]) one.close();
    },
  };
}

const AskedBackSchema = z.object({ consignments: z.array(z.object({ message: z.string() })) });

function messagesIn(body: unknown): readonly string[] {
  return AskedBackSchema.parse(body).consignments.map(({ message }) => message);
}

/** Nothing is collected in a story: no file's time is counted. */
const noMarks = {
  since: () => null,
  mark: () => undefined,
  forget: () => undefined,
  all: () => [],
  save: () => undefined,
};

/** What was granted before and is refused now, until what went before it has come once more. */
const notYet: ReadonlySet<string> = new Set(['exchange.sent-already', 'exchange.not-asked-back']);

/** What a command is refused with whose paper went with the newest part of a log. */
const lostOnes: ReadonlySet<string> = new Set([
  'documents.unknown',
  'exchange.unknown-delivery',
  'exchange.unknown-consignment',
]);
