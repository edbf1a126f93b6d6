import { personAggregate } from '#shared/directory/public.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import { instantFrom, ref, type DocumentId } from '#shared/kernel/public.ts';
import {
  deviceAggregate,
  filesIn,
  scopesOfAggregate,
  scopesOfPerson,
  type FileName,
} from '#shared/sync/public.ts';
import { Refused } from '#server/http/asking.ts';
import { aSummary, ids } from '../support/builders.ts';
import { moves } from '../support/office-moves.ts';
import { newCommandId } from './setting.ts';
import { poolAt, signedPush, tryOut, type SimulatedDesk } from './simulated-desk.ts';
import type { World } from './world.ts';
import { filesNeededFor } from './server-oracle.ts';

type Named = FileName & Readonly<{ document: DocumentId }>;

/** Every file that a decided paper speaks of. */
function namedFiles(world: World): readonly Named[] {
  const papers = new Set(
    world
      .entries()
      .flatMap(({ entry }) => entry.acts)
      .flatMap(({ on }) => (on.kind === 'document' ? [on.id as DocumentId] : [])),
  );
  return [...papers].flatMap((document) =>
    filesIn(world.stateOf(documentAggregate, document)).map((file) => ({ ...file, document })),
  );
}

/** A letter comes to a desk, or something goes with a draft that is written there: each with a file of its own. */
export async function bringIn(world: World, one: SimulatedDesk): Promise<void> {
  const { chance } = world.setting;
  const below = (n: number) => Math.floor(chance() * n);
  const what = one.person.roles.includes('clerk') || chance() < 0.2 ? 'receive' : 'attach';
  const move = { who: 'clerk', what, pick: below(40), other: below(8), minutes: 0 } as const;
  const pool = poolAt(world.setting, one, world.setting.time.nowMs());
  await tryOut(world.setting, one, moves[move.what]({ pool, move }));
}

/** Somebody asks by hand for what is not theirs, with the key of their own desk. */
export async function pry(world: World, one: SimulatedDesk): Promise<void> {
  const { setting, server } = world;
  const rows = server
    .db()
    .prepare("SELECT state FROM aggregate WHERE kind = 'document' ORDER BY id")
    .pluck()
    .all() as string[];
  const paper = rows[Math.floor(setting.chance() * rows.length)];
  if (paper === undefined) return;
  setting.count('pried');
  const state = JSON.parse(paper) as { id: DocumentId };
  const [file] = filesIn(state);
  const run = server.run();
  const asking = [
    run.drafts(one.device, state.id, { update: null, have: 'AA==', here: [] }),
    ...(file === undefined
      ? []
      : [
          run.files.givePiece(one.device, { hash: file.hash, piece: 0, document: state.id }),
          run.files.offer(one.device, { ...file, proof: file.hash }).then(({ whole }) => {
            if (whole) setting.fault('somebody learnt from a hash alone what is at the server');
          }),
        ]),
  ];
  for (const asked of asking) {
    await asked.catch((error: unknown) => {
      if (!(error instanceof Refused) && !isMissing(error)) throw error;
    });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && error.name === 'AppError';
}

/** What must hold of files once everything is calm: nothing that is spoken of is lost, and nobody has another's. */
export async function fileFaults(world: World): Promise<readonly string[]> {
  const named = namedFiles(world);
  const faults = new Set<string>();
  for (const hash of world.server.blobs().all()) {
    if (!(await world.server.blobs().verify(hash))) faults.add(`the server keeps other bytes as ${hash}`);
  }
  for (const { entry } of world.entries()) {
    for (const { hash } of filesNeededFor(entry)) {
      if (!world.server.blobs().has(hash)) faults.add(`${entry.command.name} speaks of a file that is gone`);
    }
  }
  for (const one of world.desks) {
    for (const fault of await deskFileFaults(world, one, named)) faults.add(fault);
  }
  return [...faults, ...(await namedWithoutHolding(world, named))];
}

async function deskFileFaults(
  world: World,
  one: SimulatedDesk,
  named: readonly Named[],
): Promise<readonly string[]> {
  const person = world.stateOf(personAggregate, one.person.id);
  if (person?.active !== true || one.link.state().kind === 'stopped') return [];
  const name = one.person.roles.join('+');
  const faults: string[] = [];
  for (const hash of one.blobs.all()) {
    if (!(await one.blobs.verify(hash))) faults.push(`${name}: other bytes are kept as ${hash}`);
  }
  const theirs = scopesOfPerson(person);
  for (const { hash, document } of named) {
    const reads = scopesOfAggregate(ref('document', document), world.stateOf).some((scope) =>
      theirs.includes(scope),
    );
    if (reads && !one.blobs.has(hash)) faults.push(`${name}: the file ${hash} of ${document} never came`);
  }
  return faults;
}

/** Whoever knows a name and never held the file names it in a paper of their own: they must not be given it. */
async function namedWithoutHolding(world: World, named: readonly Named[]): Promise<readonly string[]> {
  const { server, setting } = world;
  // What a desk brought itself it has held, also when it was taken from it since with a right.
  const isStrange = ({ blobs, given }: SimulatedDesk, { hash }: Named): boolean =>
    !blobs.has(hash) && !given.some(({ text }) => text.includes(hash));
  const one = world.desks.find((desk) => {
    const now = world.stateOf(personAggregate, desk.person.id);
    return now?.active === true && named.some((file) => isStrange(desk, file));
  });
  if (one === undefined || world.stateOf(deviceAggregate, one.device)?.person !== one.person.id) return [];
  const file = named.find((each) => isStrange(one, each));
  if (file === undefined) return [];
  const documentId = ids.document();
  let dseq = server.log().lastDseq(one.device);
  const push = async (name: string, body: unknown) => {
    const command = {
      id: newCommandId(),
      name,
      actor: one.person.id,
      onBehalfOf: null,
      claimedAt: instantFrom(setting.time.nowMs()),
      body,
    };
    await server.run().serving.pushAll([signedPush(setting, one, { dseq: (dseq += 1), command })]);
  };
  await push('drafting.start', { documentId, summary: aSummary(), repliesTo: null });
  const attached = { hash: file.hash, size: file.size, name: 'của người khác.pdf', pages: 1 };
  await push('drafting.addAttachment', { documentId, file: attached });
  setting.count('named a file without holding it');
  const given = await server
    .run()
    .files.givePiece(one.device, { hash: file.hash, piece: 0, document: documentId })
    .catch(() => null);
  return given === null ? [] : ['a file was given to whoever had named it in a paper of their own'];
}
