import { randomBytes, sign } from 'node:crypto';
import type { Instant } from '#shared/kernel/public.ts';
import {
  issueCertificate,
  openPkcs12,
  signField,
  signToLevel,
  tryTimestamps,
  type SignOrder,
} from '#shared/node/pdf-signing/public.ts';
import { signatureImage } from '#shared/node/typesetting/public.ts';
import { askLoopback } from '../support/pki/ask-loopback.ts';
import { today, validFrom } from '../support/pki/office-pki.ts';
import { startResponder } from '../support/pki/responder.ts';
import { startTsa } from '../support/pki/tsa.ts';
import { timeStampers } from '../support/pki/time-stampers.ts';
import { signingOffice } from '../support/signing-office.ts';
import { benchDocuments, type BenchDocument } from './bench-documents.ts';
import type { Figure } from './bench-office.ts';
import { timed } from './measure.ts';
import { opensslSpeed, type KeyType } from './openssl-speed.ts';

const keyTypes: readonly KeyType[] = ['rsa-2048', 'rsa-3072', 'rsa-4096', 'p-256', 'p-384'];
const pin = '246810';

/** A signature of each kind of key on documents of three sizes, and of each level; bare signatures beside them. */
export async function benchSign(calls: number): Promise<readonly Figure[]> {
  const documents = await benchDocuments();
  const figures: Figure[] = [];
  for (const keyType of keyTypes) figures.push(...(await benchKey(keyType, documents, calls)));
  const carrying = documents.find(({ name }) => name === '218 KB');
  if (carrying !== undefined) figures.push(...(await benchLevels(carrying, Math.ceil(calls / 5))));
  return figures;
}

async function benchKey(
  keyType: KeyType,
  documents: readonly BenchDocument[],
  calls: number,
): Promise<readonly Figure[]> {
  const { ca } = signingOffice();
  const issued = issueCertificate({
    ca,
    commonName: 'Nguyễn Văn Ấn',
    organisation: 'UBND tỉnh Đồng Nai',
    role: 'person',
    validFrom,
    years: 3,
    keyType,
  });
  const p12 = issued.p12(pin);
  const key = openPkcs12(p12, pin);
  const figures: Figure[] = [];
  for (const document of documents) {
    const order = orderOf(document, key, today);
    const timing = await timed(calls, () => signField(order));
    figures.push({ name: `sign ${keyType}, B-B, ${document.name}`, timing, budgetMs: 5 });
  }
  const attributes = randomBytes(200);
  const digest = keyType === 'p-384' ? 'sha384' : 'sha256';
  const bare = await timed(calls, () => sign(digest, attributes, issued.privateKey));
  figures.push({ name: `bare signature, ${keyType} (physical limit)`, timing: bare, budgetMs: null });
  const speed = opensslSpeed(keyType);
  if (speed !== null) {
    figures.push({ name: `openssl speed, ${keyType}, one signature`, timing: speed.sign, budgetMs: null });
  }
  const opening = await timed(10, () => openPkcs12(p12, pin));
  return [...figures, { name: `open the key file, ${keyType}`, timing: opening, budgetMs: null }];
}

function orderOf(
  { pdf, field, createField }: BenchDocument,
  key: SignOrder['key'],
  signedAt: Instant,
): SignOrder {
  const signerName = 'Nguyễn Văn Ấn';
  const order = { pdf, field, key, signedAt, signerName };
  return createField
    ? { ...order, createField }
    : { ...order, appearance: { png: signatureImage(signerName) } };
}

/** The services answer from this same process, so that their own work is counted in. */
async function benchLevels(document: BenchDocument, calls: number): Promise<readonly Figure[]> {
  const responder = await startResponder();
  const { pki } = responder;
  const { certificateDer, privateKey, key } = pki.timeStamper;
  const signer = { certificateDer, privateKey, chain: key.chain };
  const tsa = await startTsa({ stampers: timeStampers(pki.issuing), signer, now: () => today });
  try {
    const service = { url: tsa.url, ask: askLoopback, newNonce: () => randomBytes(8) };
    const roots = [pki.root.certificateDer];
    const order = orderOf(document, pki.leader.key, today);
    const figures: Figure[] = [];
    for (const level of ['B-T', 'B-LT', 'B-LTA'] as const) {
      const timing = await timed(calls, async () => {
        const raised = await signToLevel(order, { level, service, roots });
        if (raised.missing.length > 0) throw new Error(`The services did not carry it to ${level}`);
      });
      figures.push({ name: `sign rsa-2048, ${level}, ${document.name}`, timing, budgetMs: null });
    }
    const stamp = await timed(calls, () => tryTimestamps({ service, roots, at: today }));
    return [...figures, { name: 'one time-stamp asked for and checked', timing: stamp, budgetMs: null }];
  } finally {
    await Promise.all([responder.close(), tsa.close()]);
  }
}
