import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DaySchema } from '#shared/kernel/public.ts';
import { fillTextFields, signField, signToLevel, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { dateLine, sealImage, signatureImage, typeset } from '#shared/node/typesetting/public.ts';
import { aDraft } from '../support/drafts.ts';
import { judgesIn } from '../support/pdf-judges.ts';
import { askLoopback } from '../support/pki/ask-loopback.ts';
import { officePki, today, type OfficePki } from '../support/pki/office-pki.ts';
import { startResponder } from '../support/pki/responder.ts';
import { startTsa } from '../support/pki/tsa.ts';
import { timeStampers } from '../support/pki/time-stampers.ts';
import type { Figure } from './bench-office.ts';
import { timed } from './measure.ts';
import { opensslSpeed } from './openssl-speed.ts';

const run = promisify(execFile);
const pdfsig = (args: readonly string[], options: { cwd: string; timeout: number }) =>
  run('pdfsig', args, options);

type Judged = Readonly<{ name: string; pdf: Uint8Array; root: Uint8Array; budgetMs: number | null }>;

/** The whole judgement of signed documents, and what `pdfsig` takes for the same files beside each. */
export async function benchVerify(folder: string, calls: number): Promise<readonly Figure[]> {
  const responder = await startResponder();
  const { pki } = responder;
  const { certificateDer, privateKey, key } = pki.timeStamper;
  const signer = { certificateDer, privateKey, chain: key.chain };
  const tsa = await startTsa({ stampers: timeStampers(pki.issuing), signer, now: () => today });
  try {
    // An agency that runs no answering service: its own word is enough, and nobody is asked.
    const plain = officePki();
    const documents = [await threeSignatures(plain), ...(await lastingDocuments(pki, tsa.url))];
    const figures: Figure[] = [];
    for (const [index, document] of documents.entries()) {
      const own = join(folder, `${index}`);
      mkdirSync(own);
      figures.push(...(await benchOne(document, own, calls)));
    }
    const speed = opensslSpeed('rsa-2048');
    if (speed === null) return figures;
    return [...figures, { name: 'openssl speed, rsa-2048, one check', timing: speed.verify, budgetMs: null }];
  } finally {
    await Promise.all([responder.close(), tsa.close()]);
  }
}

async function benchOne(
  { name, pdf, root, budgetMs }: Judged,
  folder: string,
  calls: number,
): Promise<readonly Figure[]> {
  const question = { trust: [root], at: today };
  const { verdict } = verifyPdf(pdf, question);
  if (verdict !== 'valid') throw new Error(`${name} is ${verdict}`);
  const ours = await timed(calls, () => verifyPdf(pdf, question));
  const judges = judgesIn(folder);
  judges.trust(root);
  const args = ['-nssdir', `sql:${folder}`, judges.saved('van-ban.pdf', pdf)];
  // Not waited for in silence: it asks the services of this very process about certificates that name them.
  const theirs = await timed(10, () => pdfsig(args, { cwd: folder, timeout: 30_000 }));
  return [
    { name: `verify ${name}`, timing: ours, budgetMs },
    { name: `pdfsig, ${name}`, timing: theirs, budgetMs: null },
  ];
}

const by = { signedAt: today, signerName: 'Nguyễn Văn Ấn' } as const;
const numbered = { number: '136', date: dateLine(DaySchema.parse('2026-11-23')) };
const signaturePng = signatureImage(by.signerName);
const sealPng = sealImage('UBND tỉnh Đồng Nai');

/** A letter as it leaves the office: initials, the leader's signature, number and date, the seal. */
async function threeSignatures({ root, officerOnP256, leader, seal }: OfficePki): Promise<Judged> {
  const { pdf: base } = await typeset(aDraft(), { frozenAt: today, fields: { initials: 1 } });
  const initialled = await signField({ ...by, pdf: base, field: 'initials-1', key: officerOnP256.key });
  const appearance = { png: signaturePng };
  const signed = await signField({ ...by, pdf: initialled, field: 'leader', key: leader.key, appearance });
  const pdf = await signField({
    ...by,
    pdf: fillTextFields({ pdf: signed, values: numbered }),
    field: 'seal',
    key: seal.key,
    appearance: { png: sealPng },
  });
  return { name: 'three signatures, B-B', pdf, root: root.certificateDer, budgetMs: 15 };
}

/** The leader's signature raised to B-LTA, and the same numbered, sealed and raised again. */
async function lastingDocuments({ root, leader, seal }: OfficePki, url: string): Promise<readonly Judged[]> {
  const { pdf: base } = await typeset(aDraft(), { frozenAt: today, fields: { initials: 1 } });
  const service = { url, ask: askLoopback, newNonce: () => randomBytes(8) };
  const aim = { level: 'B-LTA', service, roots: [root.certificateDer] } as const;
  const signing = { ...by, field: 'leader', key: leader.key, appearance: { png: signaturePng } };
  const once = await signToLevel({ ...signing, pdf: base }, aim);
  const sealing = { ...by, field: 'seal', key: seal.key, appearance: { png: sealPng } };
  const pdf = fillTextFields({ pdf: once.pdf, values: numbered });
  const twice = await signToLevel({ ...sealing, pdf }, aim);
  const unbudgeted = { root: root.certificateDer, budgetMs: null };
  return [
    { name: 'one signature, B-LTA', pdf: once.pdf, ...unbudgeted },
    { name: 'leader and seal, B-LTA twice', pdf: twice.pdf, ...unbudgeted },
  ];
}
