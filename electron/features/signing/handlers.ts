import type { BytesBlob } from '#shared/kernel/public.ts';
import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { signedIn } from '../../host/context.ts';
import { fileOf, readableDocument } from '../documents/public.ts';
import { beginBatch, endBatch } from './batches.ts';
import { keepKeyFile, keyFilesOf } from './key-files.ts';
import { serviceKeysOf, tokenKeysOf } from './signing-keys.ts';
import { mustHaveService } from './proofs/policy.ts';
import { standingOf } from './proofs/standing.ts';
import { tryService } from './time-stamps.ts';
import { keepRevocationList, readRoots, trustHere, trustOf, trustRoot } from './trust.ts';

const on = signedIn.signing;

export const signingHandlers = {
  keys: on.keys.handler(({ context: { signed } }) => ({
    keys: keyFilesOf(signed.open.desk.db, signed.person),
  })),
  tokenKeys: on.tokenKeys.handler(async ({ context: { signed } }) => ({
    keys: (await Promise.all([tokenKeysOf(signed), serviceKeysOf(signed)])).flat(),
  })),
  keepKey: on.keepKey.handler(async ({ input, context: { signed } }) => {
    keepKeyFile(signed, { p12: await bytesOf(input.file), pin: input.pin, use: input.use });
    return { ok: true as const };
  }),
  beginBatch: on.beginBatch.handler(({ input, context: { signed } }) => beginBatch(signed, input)),
  endBatch: on.endBatch.handler(async ({ input, context: { signed } }) => {
    await endBatch(signed, input.batch);
    return { ok: true as const };
  }),
  proofs: on.proofs.handler(({ context: { signed } }) => {
    const { desk, proofs } = signed.open;
    return { ...standingOf(desk), round: proofs.round() };
  }),
  proveNow: on.proveNow.handler(({ context: { signed } }) => {
    mustHaveService(signed.open.desk);
    // Nobody waits for its end: the page follows it.
    signed.open.proofs.begin(signed.person.id);
    return { ok: true as const };
  }),
  stopProving: on.stopProving.handler(({ context: { signed } }) => {
    signed.open.proofs.cancel();
    return { ok: true as const };
  }),
  verify: on.verify.handler(async ({ input, context: { signed } }) => {
    const { db, now } = signed.open.desk;
    const document = readableDocument(db, signed.scope, input.documentId);
    const { hash, size } = fileOf(document, input.hash);
    const known = trustOf(signed.open.desk);
    return verifyPdf(await signed.open.blobs.read(hash, 0, size), { ...known, at: now() });
  }),
  trust: on.trust.handler(({ context: { signed } }) => trustHere(signed)),
  readRoots: on.readRoots.handler(async ({ input, context: { signed } }) => ({
    roots: readRoots(signed, await bytesOf(input.file)),
  })),
  trustRoot: on.trustRoot.handler(async ({ input: { file, ...chosen }, context: { signed } }) =>
    trustRoot(signed, { ...chosen, file: await bytesOf(file) }),
  ),
  keepRevocationList: on.keepRevocationList.handler(async ({ input, context: { signed } }) =>
    keepRevocationList(signed, await bytesOf(input.file)),
  ),
  tryTimestamps: on.tryTimestamps.handler(({ input, context: { signed } }) =>
    tryService(signed, input.service),
  ),
};

async function bytesOf(file: BytesBlob): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}
