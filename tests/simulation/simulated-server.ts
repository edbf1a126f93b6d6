import { createHash } from 'node:crypto';
import { openInMemory, type WriteDb } from '#shared/node/sqlite/public.ts';
import {
  AppError,
  instantFrom,
  type ChainedEntry,
  type Command,
  type DeviceId,
  type DocumentId,
} from '#shared/kernel/public.ts';
import { Fenced, sqliteAgencyLog, type AgencyLog } from '#shared/node/agency-log/public.ts';
import { folderStore, openArriving, openBlobs, type Blobs } from '#shared/node/blobs/public.ts';
import { accessTables, sqliteAccess } from '#shared/node/access-log/public.ts';
import { draftTextTables, sqliteTexts, type DraftTexts } from '#shared/node/draft-texts/public.ts';
import {
  DraftRequestSchema,
  OfferRequestSchema,
  PullRequestSchema,
  PushRequestSchema,
  SessionRequestSchema,
} from '#shared/sync/public.ts';
import { createHolds } from '#server/blobs/holds.ts';
import { keepFiles } from '#server/blobs/keeping.ts';
import { Refused } from '#server/http/asking.ts';
import { answerCertificate } from '#server/http/certificate-door.ts';
import { draftAnswers } from '#server/http/draft-doors.ts';
import { fileAnswers } from '#server/http/file-doors.ts';
import { createSeats } from '#server/http/seats.ts';
import { answerSession, createSessions, type Sessions } from '#server/http/sessions.ts';
import { createShownFiles, type ShownFiles } from '#server/http/shown-files.ts';
import { serveFile, type Serving } from '#server/log/serving.ts';
import { plainCalendar } from '../support/ask.ts';
import { memoryDisk, type MemoryDisk } from './memory-disk.ts';
import { commandsUnder } from './rules-without.ts';
import { filesNeededFor, whoIsGiven, whoWrites } from './server-oracle.ts';
import { Crash, certificateOf, newCommandId, type Setting } from './setting.ts';

/** A question as it comes off the network. */
export type Question = Readonly<{
  method: 'POST' | 'PUT' | 'GET';
  path: string;
  bytes: Buffer;
  token: string | undefined;
}>;
export type Answer = Readonly<{ status: number; bytes: Buffer }>;

/** One run of the server's program; another may write in its place while it still answers. */
type Run = Readonly<{
  serving: Serving;
  sessions: Sessions;
  shown: ShownFiles;
  files: ReturnType<typeof fileAnswers>;
  drafts: ReturnType<typeof draftAnswers>;
}>;

type Copy = Readonly<{ bytes: Buffer; seq: number; disk: MemoryDisk }>;

/** How long a piece of a file is here: a few make up a file, as a few mebibytes would. */
export const pieceBytes = 64;
/** Nothing is collected in a story: no file's time is counted. */
const noMarks = {
  since: () => null,
  mark: () => undefined,
  forget: () => undefined,
  all: () => [],
  save: () => undefined,
};
const dataKey = new Uint8Array(createHash('sha256').update('the server of the simulation').digest());

export type ServerParts = Readonly<{
  setting: Setting;
  template: Buffer;
  /** Whether anything goes wrong at all. */
  isStormy: () => boolean;
  decided: () => void;
  wake: (devices: readonly DeviceId[], document: DocumentId) => void;
  /** It went down: lines to it are cut. */
  wentDown: () => void;
}>;

export type SimulatedServer = Readonly<{
  db: () => WriteDb;
  log: () => AgencyLog;
  texts: () => DraftTexts;
  blobs: () => Blobs;
  /** What the present run of it answers; for what happens beside the network. */
  run: () => Run;
  /** Null when it did not come to an answer. */
  answer: (question: Question) => Promise<Answer | null>;
  /** Something done at the server itself. */
  order: (name: string, body: unknown) => Promise<ChainedEntry | null>;
  /** What it does, and its start anew when it goes down over it. */
  guarded: <Result>(work: () => Promise<Result>) => Promise<Result | null>;
  startAnew: (hadPower: boolean) => void;
  /** Another run begins while the one before goes on answering. */
  takeOver: () => void;
  backUp: () => Promise<void>;
  /** Only the newest copy stays, and everything in it is safe. */
  settleBackups: () => Promise<void>;
  restore: () => void;
  offBy: (ms: number) => void;
  close: () => void;
}>;

export function simulatedServer(parts: ServerParts): SimulatedServer {
  const { setting, isStormy } = parts;
  const { chance, count, guards, time } = setting;
  const below = (n: number) => Math.floor(chance() * n);
  let offMs = 0;
  /** Counts the program's lives: what an earlier one began does not go on. */
  let life = 0;
  let db = openInMemory(parts.template);
  db.exec(draftTextTables + accessTables);
  let log = sqliteAgencyLog(db);
  let texts = sqliteTexts(db);
  let disk = memoryDisk({ change: (needsRoom) => diskChanges(needsRoom) });
  let blobs = openStore();
  let copies: Copy[] = [];
  let runs: readonly Run[] = [serve()];

  function diskChanges(needsRoom: boolean): void {
    if (!isStormy()) return;
    if (chance() < 0.002) {
      count('server went down over a file');
      throw new Crash();
    }
    if (needsRoom && chance() < 0.001) {
      count('disk full at the server over a file');
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    }
  }

  /** Long work gives way; now and then others get far meanwhile. */
  function giveWay(): Promise<void> {
    if (!isStormy() || chance() > 0.04) return Promise.resolve();
    count('a file was long at work at the server');
    const mine = life;
    return new Promise((resolve) => {
      time.after(below(4000), () => {
        if (life === mine) resolve();
      });
    });
  }

  /** Opened again until it comes up. */
  function openStore(): Blobs {
    const provesNames = guards['file-name'];
    for (let tries = 0; ; tries += 1) {
      try {
        return openBlobs({ folder: '/server/blobs', dataKey, files: disk.files, giveWay, provesNames });
      } catch (error) {
        if (tries === 50) throw error;
      }
    }
  }

  function isCurrent(run: Run): boolean {
    return runs.at(-1) === run;
  }

  function serve(): Run {
    const faulty: AgencyLog = {
      ...log,
      decisionOn: guards.dedupe ? log.decisionOn : () => null,
      append: (entry, hash) => {
        if (runs !== undefined && runs.includes(run) && !isCurrent(run)) {
          setting.fault('a server that was overtaken decided something');
        }
        log.append(entry, hash);
        if (isStormy() && chance() < 0.01) {
          count('server went down before a commit');
          throw new Crash();
        }
        if (isStormy() && chance() < 0.005) {
          count('disk full at the server');
          throw new AppError('store.disk-full');
        }
        if (filesNeededFor(entry).some((file) => !blobs.has(file.hash))) {
          setting.fault(`${entry.command.name} was decided without its files`);
        }
      },
    };
    const own = sqliteTexts(db);
    const kept: DraftTexts = {
      ...own,
      take: (document, update) => {
        const isNew = own.take(document, update);
        if (isNew) count('words merged');
        if (isNew && !isCurrent(run)) setting.fault('a server that was overtaken took words');
        if (isNew && isStormy() && chance() < 0.01) {
          count('server went down over words');
          own.letGo(document);
          throw new Crash();
        }
        return isNew;
      },
    };
    texts = own;
    const shown = createShownFiles();
    const keeping = keepFiles(folderStore(blobs), {
      holds: createHolds(),
      marks: noMarks,
      arrivingFrom: (device) =>
        openArriving(`/server/blobs/arriving/${device}`, { dataKey, blobs, files: disk.files, giveWay }),
    });
    const file = { log: faulty, texts: kept, access: sqliteAccess(db) };
    const serving = serveFile(file, {
      agencyId: setting.agencyId,
      calendar: plainCalendar,
      now: () => instantFrom(time.nowMs() + offMs),
      guards,
      commands: setting.rules(commandsUnder(guards)),
      files: keeping.held,
      isShown: (hash, device) => !guards['file-shown'] || shown.has(device, hash),
    });
    const metrics = { count: () => undefined };
    const sessions = createSessions(time.nowMs);
    const watched = whoIsGiven(setting, () => log, serving);
    const onFiles = { shown, metrics, pieceBytes, guards, files: keeping };
    const files = fileAnswers({ server: watched, ...onFiles });
    const drafts = draftAnswers({
      server: whoWrites(setting, () => log, serving),
      seats: createSeats(time.nowMs),
      metrics,
      wake: parts.wake,
    });
    const run: Run = { serving, sessions, shown, files, drafts };
    return run;
  }

  function startAnew(hadPower: boolean): void {
    life += 1;
    count(hadPower ? 'server started anew' : 'server lost its power');
    disk.restarted(hadPower);
    open();
  }

  function open(): void {
    blobs = openStore();
    runs = [];
    runs = [serve()];
    parts.wentDown();
  }

  async function guarded<Result>(work: () => Promise<Result>): Promise<Result | null> {
    const mine = life;
    try {
      return await work();
    } catch (error) {
      if (mine !== life) return null;
      if (error instanceof Crash) startAnew(chance() < 0.5);
      else if (!(error instanceof AppError) && !(error instanceof Fenced)) throw error;
      return null;
    }
  }

  /** The run a question comes to: sometimes one that has been overtaken and does not know it. */
  function drawRun(): Run {
    const [first] = runs;
    const last = runs.at(-1);
    if (first === undefined || last === undefined) throw new Error('There is no server');
    if (first === last || chance() > 0.4) return last;
    count('asked a server that was overtaken');
    return first;
  }

  async function answer(question: Question): Promise<Answer | null> {
    const mine = life;
    const run = drawRun();
    try {
      const given = await answerFrom(run, question);
      if (life !== mine) return null;
      if (isStormy() && chance() < 0.004) {
        count('server went down after a commit');
        startAnew(chance() < 0.5);
        return null;
      }
      return Buffer.isBuffer(given)
        ? { status: 200, bytes: given }
        : { status: 200, bytes: Buffer.from(JSON.stringify(given)) };
    } catch (error) {
      if (life !== mine) return null;
      if (error instanceof Crash) {
        startAnew(chance() < 0.5);
        return null;
      }
      return faultFor(run, error);
    }
  }

  function faultFor(run: Run, error: unknown): Answer {
    const say = (status: number, code: string): Answer => ({
      status,
      bytes: Buffer.from(JSON.stringify({ code, message: code })),
    });
    if (error instanceof Refused) return say(error.status, error.code);
    if (error instanceof AppError) return say(503, error.code);
    if (!(error instanceof Fenced)) throw error;
    count('an overtaken server refused');
    if (isCurrent(run)) setting.fault('the server that writes was fenced');
    // Its program ends when it hears of it; here it goes on for a while, as one that hangs might.
    if (chance() < 0.2) runs = runs.slice(-1);
    return say(503, 'server.overtaken');
  }

  function answerFrom(run: Run, { method, path, bytes, token }: Question): Promise<object> | object {
    const { serving, sessions, files, drafts } = run;
    const url = new URL(path, 'https://server');
    const [, , door = '', first = '', second = ''] = url.pathname.split('/');
    const body = (): unknown => JSON.parse(bytes.toString());
    const device = (): DeviceId => {
      const known = token === undefined ? null : sessions.deviceOf(token);
      if (known === null) throw new Refused(401, 'server.no-session');
      return known;
    };
    const place = { hash: first as never, piece: Number(second) };
    switch (`${method} ${door}`) {
      case 'POST challenge':
        return { challenge: sessions.challenge() };
      case 'POST session':
        return answerSession(
          { agencyId: setting.agencyId, server: serving, sessions },
          SessionRequestSchema.parse(body()),
        );
      case 'POST certificate':
        return answerCertificate(
          {
            agencyId: setting.agencyId,
            server: serving,
            sessions,
            issue: (known) => certificateOf(known, instantFrom(time.nowMs() + offMs)),
            newId: newCommandId,
            decided: parts.decided,
          },
          SessionRequestSchema.parse(body()),
        );
      case 'POST push':
        return push(run, body());
      case 'POST pull': {
        const asked = PullRequestSchema.parse(body());
        if (device() !== asked.device) throw new Refused(401, 'server.no-session');
        return serving.pull(asked);
      }
      case 'POST drafts':
        return drafts(device(), first as DocumentId, DraftRequestSchema.parse(body()));
      case 'POST files':
        return files.offer(device(), OfferRequestSchema.parse(body()));
      case 'PUT files':
        return files.takePiece(device(), { ...place, size: Number(url.searchParams.get('size')) }, bytes);
      case 'GET files': {
        const document = url.searchParams.get('document') as DocumentId;
        return files.givePiece(device(), { ...place, document });
      }
      default:
        throw new Error(`No such door: ${method} ${path}`);
    }
  }

  async function push(run: Run, body: unknown): Promise<object> {
    const [reply] = await run.serving.pushAll([PushRequestSchema.parse(body)]);
    if (reply === undefined) throw new Error('A push went unanswered');
    if (reply.results.length > 0) parts.decided();
    if (reply.stopped !== null) count(`push stopped: ${reply.stopped.why}`);
    return reply;
  }

  const current = (): Run => {
    const run = runs.at(-1);
    if (run === undefined) throw new Error('There is no server');
    return run;
  };

  async function backUp(): Promise<void> {
    copies = [...copies, { bytes: db.serialize(), seq: log.head().seq, disk: disk.copy() }].slice(-4);
    // Whatever copy is taken up again, it holds at least the oldest one.
    await guarded(() => current().serving.markStable(copies[0]?.seq ?? 0));
    count('backup');
  }

  return {
    db: () => db,
    log: () => log,
    texts: () => texts,
    blobs: () => blobs,
    run: current,
    answer,
    guarded,
    order: (name, body) => {
      const command: Command = {
        id: newCommandId(),
        name,
        actor: setting.agency.staff.administrator.id,
        onBehalfOf: null,
        claimedAt: instantFrom(time.nowMs()),
        body,
      };
      return guarded(() => current().serving.decide(command));
    },
    startAnew,
    takeOver: () => {
      count('server overtaken');
      const before = runs.slice(-1);
      runs = [...before, serve()];
    },
    backUp,
    settleBackups: async () => {
      await backUp();
      copies = copies.slice(-1);
      runs = runs.slice(-1);
      await current().serving.markStable(log.head().seq);
    },
    restore: () => {
      const chosen = copies[below(copies.length)];
      if (chosen === undefined) return;
      life += 1;
      count('server restored');
      db.close();
      db = openInMemory(chosen.bytes);
      log = sqliteAgencyLog(db);
      copies = copies.filter(({ seq }) => seq <= chosen.seq);
      // The folder of files is the one that is there, or comes back from the copy too.
      if (chance() < 0.5) {
        count('server restored without later files');
        disk = chosen.disk.copy();
      }
      open();
    },
    offBy: (ms) => {
      offMs = ms;
    },
    close: () => {
      life += 1;
      db.close();
    },
  };
}
