import type { BytesBlob } from '#shared/kernel/public.ts';
import { signedIn } from '../../host/context.ts';
import { beginBatch, endBatch } from './batches.ts';
import { keepKeyFile, keyFilesOf } from './key-files.ts';
import { keepPicture, pictureOf } from './pictures.ts';
import { makeReport, sealReport, verifyStored } from './signature-report.ts';
import { serviceKeysOf, tokenKeysOf } from './signing-keys.ts';
import { mustHaveService } from './proofs/policy.ts';
import { standingOf } from './proofs/standing.ts';
import { tryService } from './time-stamps.ts';
import { keepRevocationList, readRoots, trustHere, trustRoot } from './trust.ts';

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
  verify: on.verify.handler(({ input, context: { signed } }) => verifyStored(signed, input)),
  report: on.report.handler(({ input, context: { signed } }) => makeReport(signed, input)),
  sealReport: on.sealReport.handler(({ input, context: { signed } }) => sealReport(signed, input)),
  picture: on.picture.handler(({ input, context: { signed } }) => {
    const png = pictureOf(signed, input.use);
    return { png: png === null ? null : Buffer.from(png).toString('base64') };
  }),
  keepPicture: on.keepPicture.handler(async ({ input, context: { signed } }) => {
    keepPicture(signed, input.use, await bytesOf(input.file));
    return { ok: true as const };
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
