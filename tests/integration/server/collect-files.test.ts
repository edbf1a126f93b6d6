import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect, type CollectLog } from '#server/blobs/collect.ts';
import { createHolds, type Holds } from '#server/blobs/holds.ts';
import { keepFiles } from '#server/blobs/keeping.ts';
import { openMarks } from '#server/blobs/marks.ts';
import { withFiles } from '#server/log/serving.ts';
import {
  CommandIdSchema,
  DeviceIdSchema,
  HashSchema,
  instantFrom,
  type Hash,
} from '#shared/kernel/public.ts';
import { agencyLogTables, openServer, sqliteAgencyLog } from '#shared/node/agency-log/public.ts';
import { folderStore, openArriving, openBlobs, type BlobStore } from '#shared/node/blobs/public.ts';
import { openInMemory } from '#shared/node/sqlite/public.ts';
import {
  allGuards,
  filesIn,
  protocolVersion,
  type PushReply,
  type PushRequest,
} from '#shared/sync/public.ts';
import { beginIdsAt, idNumber, ids, unsignedCheck } from '../../support/builders.ts';
import { openSmallAgency, type Engine } from '../../support/small-agency.ts';
import { chanceOf } from '../../simulation/chance.ts';
import { sequencerOf } from '../../simulation/sequencer-of.ts';
import { ownFolder } from '../../support/store.ts';

const dayMs = 24 * 60 * 60_000;
const dataKey = new Uint8Array(randomBytes(32));
const device = DeviceIdSchema.parse('019b0000-0000-7000-8000-00000000abcd');

/** Nobody is kept from anything: what the guard is worth. */
const noHolds: Holds = {
  hold: () => Promise.resolve({ letGo: () => undefined }),
  whileFree: (_hash, work) => work(),
};

/** A server with its log and its files, whose store answers as late as chance will have it. */
function openServerWith(seed: number, holds: Holds) {
  const chance = chanceOf(seed);
  const late = async (): Promise<void> => {
    for (let turns = Math.floor(chance() * 6); turns > 0; turns -= 1) {
      await new Promise((soon) => setImmediate(soon));
    }
  };
  const folder = ownFolder();
  const blobs = openBlobs({ folder: join(folder, 'blobs'), dataKey });
  const near = folderStore(blobs);
  const store: BlobStore = {
    ...near,
    size: async (hash) => {
      await late();
      const size = await near.size(hash);
      await late();
      return size;
    },
    remove: async (hash) => {
      await late();
      await near.remove(hash);
    },
  };
  const db = openInMemory();
  db.exec(agencyLogTables);
  const log = sqliteAgencyLog(db);
  beginIdsAt(60_000_000);
  let nowMs = Date.parse('2026-11-23T01:00:00.000Z');
  let present: (hash: Hash) => boolean = () => false;
  const agency = openSmallAgency((setting): Engine => {
    const sequencer = { ...sequencerOf(setting.agencyId, setting.now), log };
    const server = openServer({
      agencyId: setting.agencyId,
      certificates: false,
      sequencer,
      guards: { ...allGuards, signature: false },
      missingFiles: ({ body }) =>
        filesIn(body)
          .map(({ hash }) => hash)
          .filter((hash) => !present(hash)),
    });
    push = (requests) => server.pushAll(requests);
    agencyId = setting.agencyId;
    return { log, decide: (command) => void server.decide(command) };
  });
  const marks = openMarks(folder);
  const files = keepFiles(store, {
    holds,
    marks,
    arrivingFrom: (from) => openArriving(join(folder, 'arriving', from), { dataKey, blobs: store }),
  });
  const collecting: CollectLog = {
    entriesAfter: async (seq, limit) => {
      await late();
      return log.entriesAfter(seq, limit);
    },
    whileWriter: (work) => work(),
    forgetWords: () => Promise.resolve(),
  };
  let dseq = 0;
  return {
    store,
    marks,
    log,
    later: (days: number) => {
      nowMs += days * dayMs;
    },
    collect: (graceDays = 30) =>
      collect({
        store,
        log: collecting,
        holds,
        marks,
        arriving: () => [files.arrivingFrom(device)],
        graceDays,
        now: instantFrom(nowMs),
        isDry: false,
      }),
    upload: async (bytes: Uint8Array) => {
      const hash = hashOf(bytes);
      const arriving = files.arrivingFrom(device);
      arriving.keep(hash, 0, bytes);
      await arriving.finish({ hash, size: bytes.length }, 1);
    },
    offer: (bytes: Uint8Array) => files.sizeOffered(hashOf(bytes)),
    /** As a desk does: a command whose file is not there waits. */
    speakOf: async (bytes: Uint8Array): Promise<boolean> => {
      await late();
      const file = { hash: hashOf(bytes), size: bytes.length, name: 'công văn.pdf', pages: 1 };
      const command = {
        id: CommandIdSchema.parse(idNumber(90_000_000 + (commands += 1))),
        name: 'documents.receive',
        actor: agency.staff.clerk.id,
        onBehalfOf: null,
        claimedAt: instantFrom(nowMs),
        body: {
          documentId: ids.document(),
          file,
          hasScript: false,
          suggestion: { fields: {}, confidence: {}, method: 'none' },
          check: unsignedCheck,
        },
      };
      const signature = Buffer.alloc(64).toString('base64');
      const build = (): readonly PushRequest[] => [
        {
          version: protocolVersion,
          agencyId: agencyId as never,
          device,
          commands: [{ dseq: dseq + 1, command, signature }],
        },
      ];
      const [reply] = await withFiles(files.held, build(), async (has) => {
        await late();
        present = has;
        const replies = push(build());
        if (replies[0]?.stopped === null) dseq += 1;
        return replies;
      });
      return reply?.stopped === null && reply.results[0]?.refusal === null;
    },
    lost: async (): Promise<readonly Hash[]> => {
      const lost: Hash[] = [];
      for (const { entry } of log.entriesAfter(0, 10_000)) {
        for (const { hash } of filesIn(entry.acts)) if (!blobs.has(hash)) lost.push(hash);
      }
      return await Promise.resolve(lost);
    },
    close: () => db.close(),
  };
}

let push: (requests: readonly PushRequest[]) => readonly PushReply[] = () => [];
let agencyId = '';
let commands = 0;
const hashOf = (bytes: Uint8Array) => HashSchema.parse(createHash('sha256').update(bytes).digest('hex'));

type Move = Readonly<{ kind: 'upload' | 'speak' | 'offer' | 'collect' | 'day'; file: number }>;
const move: fc.Arbitrary<Move> = fc.record({
  kind: fc.constantFrom('upload', 'speak', 'speak', 'offer', 'collect', 'day'),
  file: fc.integer({ min: 0, max: 2 }),
});

/** Plays moves side by side, a few at a time; gives what papers speak of and nobody has any more. */
async function play(seed: number, rounds: readonly (readonly Move[])[], holds: Holds) {
  const server = openServerWith(seed, holds);
  const files = [0, 1, 2].map((n) => Buffer.from(`tệp ${n} của ${seed}`));
  try {
    // Three files lie here that nothing speaks of, and their time is over.
    for (const bytes of files) await server.upload(bytes);
    await server.collect();
    server.later(31);
    for (const moves of rounds) {
      await Promise.all(
        moves.map(async ({ kind, file }) => {
          const bytes = files[file] ?? Buffer.alloc(1);
          if (kind === 'upload') await server.upload(bytes);
          if (kind === 'speak') await server.speakOf(bytes);
          if (kind === 'offer') await server.offer(bytes);
          if (kind === 'collect') await server.collect();
          if (kind === 'day') server.later(31);
        }),
      );
    }
    return await server.lost();
  } finally {
    server.close();
  }
}

describe('files that nothing speaks of', () => {
  it(
    'no order of uploads, commands and collecting loses a file that a paper speaks of',
    { timeout: 60_000 },
    async () => {
      const rounds = fc.array(fc.array(move, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(fc.nat(), rounds, async (seed, moves) => {
          expect(await play(seed, moves, createHolds())).toEqual([]);
        }),
        { numRuns: 60 },
      );
    },
  );

  it(
    'and the order that would lose one is found as soon as nobody is held back',
    { timeout: 60_000 },
    async () => {
      const both: Move[] = [0, 1, 2].flatMap((file) => [{ kind: 'speak', file } as const]);
      const moves: Move[][] = [[...both, { kind: 'collect', file: 0 }]];
      const found = [];
      for (let seed = 1; seed <= 60 && found.length === 0; seed += 1) {
        found.push(...(await play(seed, moves, noHolds)));
      }
      expect(found.length).toBeGreaterThan(0);
      for (let seed = 1; seed <= 20; seed += 1) expect(await play(seed, moves, createHolds())).toEqual([]);
    },
  );

  it('go after their time and not before, and whatever is offered again begins it anew', async () => {
    const server = openServerWith(7, createHolds());
    const [loose, spoken, asked] = ['rời', 'có văn bản', 'được hỏi lại'].map((text) => Buffer.from(text));
    if (loose === undefined || spoken === undefined || asked === undefined) throw new Error('No files');
    for (const bytes of [loose, spoken, asked]) await server.upload(bytes);
    expect(await server.speakOf(spoken)).toBe(true);
    expect(await server.collect()).toMatchObject({ files: 3, named: 1, waiting: 2, removed: [] });
    server.later(29);
    expect((await server.collect()).removed).toEqual([]);
    await server.offer(asked);
    server.later(1);
    expect(await server.collect()).toMatchObject({ named: 1, waiting: 1, removed: [hashOf(loose)] });
    expect([await server.store.size(hashOf(loose)), await server.store.size(hashOf(asked))]).toEqual([
      null,
      asked.length,
    ]);
    // Its command comes late after all: it waits until the file was sent once more.
    expect(await server.speakOf(loose)).toBe(false);
    await server.upload(loose);
    expect(await server.speakOf(loose)).toBe(true);
    server.later(400);
    await server.collect();
    expect(await server.lost()).toEqual([]);
    server.close();
  });
});
