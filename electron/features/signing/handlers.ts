import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { signedIn } from '../../host/context.ts';
import { fileOf, readableDocument } from '../documents/public.ts';
import { keepKeyFile, keyFilesOf } from './key-files.ts';
import { tokenKeysOf } from './signing-keys.ts';
import { trustedRoots, tryService } from './time-stamps.ts';

const on = signedIn.signing;

export const signingHandlers = {
  keys: on.keys.handler(({ context: { signed } }) => ({
    keys: keyFilesOf(signed.open.desk.db, signed.person),
  })),
  tokenKeys: on.tokenKeys.handler(async ({ context: { signed } }) => ({ keys: await tokenKeysOf(signed) })),
  keepKey: on.keepKey.handler(async ({ input, context: { signed } }) => {
    const p12 = new Uint8Array(await input.file.arrayBuffer());
    keepKeyFile(signed, { p12, pin: input.pin, use: input.use });
    return { ok: true as const };
  }),
  verify: on.verify.handler(async ({ input, context: { signed } }) => {
    const { db, now } = signed.open.desk;
    const document = readableDocument(db, signed.scope, input.documentId);
    const { hash, size } = fileOf(document, input.hash);
    return verifyPdf(await signed.open.blobs.read(hash, 0, size), { trust: trustedRoots({ db }), at: now() });
  }),
  tryTimestamps: on.tryTimestamps.handler(({ input, context: { signed } }) =>
    tryService(signed, input.service),
  ),
};
