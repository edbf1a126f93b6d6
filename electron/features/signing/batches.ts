import { AppError, type PersonId } from '#shared/kernel/public.ts';
import type { SignerKey } from '#shared/node/pdf-signing/public.ts';
import type { Signed } from '../../host/context.ts';
import { mustBeFit, openSigningKey, type KeyAsked, type OpenKey } from './signing-keys.ts';

/** A batch that nobody signs in any more shuts itself: its window may have gone. */
const idleMs = 60_000;

type Batch = Readonly<{
  sessionKey: string;
  person: PersonId;
  open: Signed['open'];
  key: OpenKey;
  idle: NodeJS.Timeout;
}>;

/** The keys that are open for many documents; they live in memory only, each for one person at one window. */
const batches = new Map<string, Batch>();

/** Opens a person's key with the one PIN of a batch, once it is found fit. */
export async function beginBatch(signed: Signed, asked: Omit<KeyAsked, 'use'>): Promise<{ batch: string }> {
  const key = await openSigningKey(signed, { ...asked, use: 'person' });
  try {
    mustBeFit(signed, key.key, 'person');
  } catch (error) {
    await shut(key);
    throw error;
  }
  const { sessionKey, person, open, clock } = signed;
  // One batch at a window: what an earlier one left open is shut.
  await endBatchesOf(sessionKey);
  const batch: string = clock.newId();
  const idle = setTimeout(() => void end(batch), idleMs);
  idle.unref();
  batches.set(batch, { sessionKey, person: person.id, open, key, idle });
  return { batch };
}

/** Does `work` with a batch's key; whether it is still fit is asked for every document anew. */
export async function withBatchKey<Result>(
  signed: Signed,
  batch: string,
  work: (key: SignerKey) => Promise<Result>,
): Promise<Result> {
  const { key, idle } = ownBatch(signed, batch);
  mustBeFit(signed, key.key, 'person');
  try {
    return await work(key.key);
  } finally {
    idle.refresh();
  }
}

export async function endBatch(signed: Signed, batch: string): Promise<void> {
  const found = batches.get(batch);
  if (found?.sessionKey === signed.sessionKey) await end(batch);
}

/** Whoever signs out, or whose desk locks, leaves no key open. */
export async function endBatchesOf(sessionKey: string): Promise<void> {
  const own = [...batches].filter(([, batch]) => batch.sessionKey === sessionKey);
  await Promise.all(own.map(([id]) => end(id)));
}

function ownBatch({ sessionKey, person, open }: Signed, id: string): Batch {
  const batch = batches.get(id);
  const isOwn = batch?.sessionKey === sessionKey && batch.person === person.id && batch.open === open;
  if (!isOwn) throw new AppError('signing.batch-over');
  return batch;
}

async function end(id: string): Promise<void> {
  const batch = batches.get(id);
  if (batch === undefined) return;
  batches.delete(id);
  clearTimeout(batch.idle);
  await shut(batch.key);
}

/** A token that was pulled out meanwhile has shut itself. */
async function shut(key: OpenKey): Promise<void> {
  await key.close().catch(() => undefined);
}
