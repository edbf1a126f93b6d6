import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { instantFrom, type ProofLevel } from '#shared/kernel/public.ts';
import { signToLevel, verifyPdf, type Validated } from '#shared/node/pdf-signing/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { askLoopback } from '../../support/pki/ask-loopback.ts';
import { today } from '../../support/pki/office-pki.ts';
import { startResponder, type LoopbackResponder } from '../../support/pki/responder.ts';
import { timeStampers } from '../../support/pki/time-stampers.ts';
import { startTsa, type Tsa } from '../../support/pki/tsa.ts';
import { signingOffice } from '../../support/signing-office.ts';

const antin = resolve(import.meta.dirname, '../../../cli/antin.mjs');
let folder = '';
let tsa: Tsa;
let responder: LoopbackResponder;
let todaysTsa: Tsa;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'antin mức ký '));
  const office = signingOffice();
  const stampers = timeStampers(office.ca);
  tsa = await startTsa({ stampers, signer: stampers.onP256, now: () => instantFrom(Date.now()) });
  responder = await startResponder();
  const { certificateDer, privateKey, key } = responder.pki.timeStamper;
  const signer = { certificateDer, privateKey, chain: key.chain };
  todaysTsa = await startTsa({ stampers, signer, now: () => today });
  writeFileSync(join(folder, 'gốc.der'), office.ca.certificateDer);
  writeFileSync(join(folder, 'lãnh đạo.p12'), office.leader.p12('123456'));
  writeFileSync(join(folder, 'pin'), '123456\n');
  writeFileSync(join(folder, 'văn bản.pdf'), fieldedPdf());
});
afterEach(() => tsa.break(null));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([tsa.close(), todaysTsa.close(), responder.close()]);
});

type Said = Readonly<{ code: number | string | null; out: string; err: string }>;

/** Runs beside us, so that the services here can answer. */
function run(...args: readonly string[]): Promise<Said> {
  return new Promise((done) => {
    execFile(process.execPath, [antin, ...args], { cwd: folder, encoding: 'utf8' }, (error, out, err) =>
      done({ code: error?.code ?? 0, out, err }),
    );
  });
}

function sign(out: string, ...args: readonly string[]): Promise<Said> {
  const key = ['--p12', 'lãnh đạo.p12', '--pin-file', 'pin'];
  return run('sign', 'văn bản.pdf', ...key, '-o', out, ...args);
}

describe('a level asked for on the command line', () => {
  test('is B-T with a service, and its time is shown to whoever verifies', async () => {
    const signed = await sign('b-t.pdf', '--tsa', tsa.url, '--json');
    expect([signed.code, JSON.parse(signed.out).level]).toEqual([0, 'B-T']);
    const verified = await run('verify', 'b-t.pdf', '--trust', 'gốc.der', '--json');
    const [signature] = JSON.parse(verified.out).signatures;
    expect([verified.code, signature.level]).toEqual([0, 'B-T']);
    expect(Math.abs(Date.parse(signature.timestamp) - Date.now())).toBeLessThan(60_000);
  });

  test('is refused in a sentence, and nothing is written, without a service or where it does wrong', async () => {
    const alone = await sign('không.pdf', '--level', 'B-T');
    expect([alone.code, alone.err]).toEqual([64, expect.stringContaining('--tsa')]);
    expect((await sign('không.pdf', '--level', 'B-B', '--tsa', tsa.url)).code).toBe(64);
    expect((await sign('không.pdf', '--level', 'B-X', '--tsa', tsa.url)).code).toBe(64);
    tsa.break('rejection');
    const refused = await sign('không.pdf', '--tsa', tsa.url);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('Hết hạn mức trong ngày')]);
    expect((await sign('không.pdf', '--tsa', 'http://127.0.0.1:1/')).err).toContain('127.0.0.1:1');
    expect(existsSync(join(folder, 'không.pdf'))).toBe(false);
  });

  test('is not called B-LT where a certificate names nobody who could vouch for it', async () => {
    const refused = await sign('lt.pdf', '--level', 'B-LT', '--tsa', tsa.url, '--trust', 'gốc.der');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('Nguyễn Văn Ấn');
    expect(refused.err).not.toContain(' at ');
    expect(existsSync(join(folder, 'lt.pdf'))).toBe(false);
  });
});

describe('a signature with everything that proves it', () => {
  function signed(level: ProofLevel, who: 'leader' | 'revoked' = 'leader'): Promise<Validated> {
    const { pki } = responder;
    const service = { url: todaysTsa.url, ask: askLoopback, newNonce: () => randomBytes(8) };
    const order = { pdf: fieldedPdf(), field: 'leader', key: pki[who].key, signedAt: today, signerName: who };
    return signToLevel(order, { level, service, roots: [pki.root.certificateDer] });
  }

  test.each<[ProofLevel, readonly string[]]>([
    ['B-B', ['leader B-B intact']],
    ['B-T', ['leader B-T intact']],
    ['B-LT', ['leader B-LT allowed-changes']],
    ['B-LTA', ['leader B-LTA allowed-changes', 'timestamp-1 DocTimeStamp allowed-changes']],
  ])('is made up to its level (%s)', async (level, expected) => {
    const { pdf, missing } = await signed(level);
    expect(missing).toEqual([]);
    const { signatures } = verifyPdf(pdf, { trust: [], at: today });
    const said = signatures.map((one) => `${one.field} ${one.level} ${one.integrity}`);
    expect(said).toEqual(expected);
    expect(Buffer.from(pdf).includes('/DSS')).toBe(level.startsWith('B-L'));
  });

  test('is not made with a certificate that was revoked', async () => {
    const { pki } = responder;
    writeFileSync(join(folder, 'đã thu hồi.p12'), pki.revoked.p12('123456'));
    writeFileSync(join(folder, 'gốc thu hồi.der'), pki.root.certificateDer);
    const trust = ['--trust', 'gốc thu hồi.der', '--level', 'B-LT', '--tsa', tsa.url];
    const key = ['--p12', 'đã thu hồi.p12', '--pin-file', 'pin'];
    const refused = await run('sign', 'văn bản.pdf', ...key, ...trust, '-o', 'đã thu hồi.pdf');
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('Phạm Văn Mất Khóa')]);
    expect(existsSync(join(folder, 'đã thu hồi.pdf'))).toBe(false);
  });
});
