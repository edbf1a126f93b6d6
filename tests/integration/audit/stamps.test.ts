import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { stampOwnHead, stampsHere } from '#electron/features/access/keep-stamping.ts';
import { defaultProofPolicy } from '#shared/directory/public.ts';
import { stampsIn, verifyStamps } from '#shared/node/access-log/public.ts';
import { auditLine } from '#shared/node/sequencer/public.ts';
import { pem } from '../../support/pem.ts';
import { today } from '../../support/pki/office-pki.ts';
import { startResponder, type LoopbackResponder } from '../../support/pki/responder.ts';
import { timeStampers } from '../../support/pki/time-stampers.ts';
import { startTsa, type Tsa } from '../../support/pki/tsa.ts';
import { idNumber } from '../../support/builders.ts';
import { proofOffice, type ProofOffice } from '../../support/proof-office.ts';
import { refusalOf } from '../../support/store.ts';

let responder: LoopbackResponder;
let office: ProofOffice;
let tsa: Tsa;
let made = 7_000_000;
const newId = () => idNumber((made += 1));
const folder = mkdtempSync(join(tmpdir(), 'Ấn Tín dấu '));

beforeAll(async () => {
  responder = await startResponder();
  const { root, issuing, leader, seal } = responder.pki;
  office = proofOffice({ root, leader, seal }, today);
  const stampers = timeStampers(issuing);
  tsa = await startTsa({ stampers, signer: stampers.onP256, now: office.now });
  const page = readFileSync(join(import.meta.dirname, '../../../docs/audit.md'), 'utf8');
  for (const [, script = ''] of page.matchAll(/```bash\n([^]*?)```/gu)) {
    writeFileSync(join(folder, /^# (\S+)/u.exec(script)?.[1] ?? ''), script);
  }
  const roots = [root, issuing].map(({ certificateDer }) => pem('CERTIFICATE', certificateDer)).join('');
  writeFileSync(join(folder, 'tsa.pem'), roots);
});
afterEach(() => tsa.break(null));
afterAll(async () => {
  office.remove();
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([tsa.close(), responder.close()]);
});

const desk = () => office.open().desk;
const entries = () => desk().log.entriesAfter(0, 10_000);
const arrange = () => {
  office.arrange({ service: tsa.url, ...defaultProofPolicy });
};
const note = (place: string) => {
  office.describe('administrator', 'clerk', { post: `Văn thư ${place}` });
};

test('without a service nobody is asked; with one the head is stamped once a day, and at closing time', async () => {
  expect(await stampOwnHead(desk(), newId, true)).toBe(false);
  arrange();
  expect(await stampOwnHead(desk(), newId, false)).toBe(true);
  // Nothing happened since but the stamp itself.
  expect(await stampOwnHead(desk(), newId, true)).toBe(false);
  note('1');
  expect(await stampOwnHead(desk(), newId, false)).toBe(false);
  expect(await stampOwnHead(desk(), newId, true)).toBe(true);
  note('2');
  office.setNow(new Date(Date.parse(office.now()) + 25 * 3_600_000).toISOString());
  expect(await stampOwnHead(desk(), newId, false)).toBe(true);
  expect(stampsHere(desk())).toMatchObject({ count: 3, late: false });
  expect(verifyStamps(entries())).toEqual({ ok: true, stamps: 3 });
});

test('a service that is away or lies leaves no stamp, is asked again, and is told of after three days', async () => {
  note('3');
  tsa.break('wrong-imprint');
  expect(await refusalOf(() => stampOwnHead(desk(), newId, true))).toBe('signing.timestamp-of-other-bytes');
  tsa.break('silent');
  expect(await refusalOf(() => stampOwnHead(desk(), newId, true))).toBe('signing.service-unreachable');
  expect(stampsHere(desk()).late).toBe(false);
  office.setNow(new Date(Date.parse(office.now()) + 4 * 86_400_000).toISOString());
  expect(stampsHere(desk())).toMatchObject({ count: 3, late: true });
  tsa.break(null);
  expect(await stampOwnHead(desk(), newId, false)).toBe(true);
  expect(stampsHere(desk())).toMatchObject({ count: 4, late: false });
  office.as('administrator').must('directory.arrangeStamping', { stamping: { every: 'never' } });
  expect(await stampOwnHead(desk(), newId, true)).toBe(false);
  office.as('administrator').must('directory.arrangeStamping', { stamping: { every: 'acts', acts: 100 } });
  expect(await stampOwnHead(desk(), newId, false)).toBe(false);
});

test('openssl and a text editor hold every stamp against the exported log', () => {
  const said = run();
  expect(said).toEqual({
    status: 0,
    lines: 4,
    last: expect.stringMatching(/^bút toán \d+ có trước 2/u) as string,
  });
  // Whoever writes the log anew has no stamps for it.
  const forged = entries().map(auditLine);
  const [first] = entries().flatMap((entry) => stampsIn(entry));
  const place = (first?.seq ?? 1) - 1;
  const line = (forged[place] ?? '').replace(/"hash":"./u, '"hash":"z');
  expect(run(forged.with(place, line))).toMatchObject({ status: 1, lines: 1 });
  expect(
    run(undefined, (text) =>
      text.replace(/^(\d+ )(.)/u, (_all, seq: string, first: string) => `${seq}${first === 'f' ? '0' : 'f'}`),
    ),
  ).toMatchObject({ status: 1 });
});

test('a stamp of another entry, or one whose token was changed, is found by the verifier', () => {
  const [changed] = entries().flatMap((entry, at) => (stampsIn(entry).length > 0 ? [at] : []));
  if (changed === undefined) throw new Error('There is a stamp');
  const spoilt = (change: (body: Record<string, unknown>) => object) =>
    entries().map((chained, at) =>
      at === changed
        ? {
            ...chained,
            entry: {
              ...chained.entry,
              acts: chained.entry.acts.map((act) => ({
                ...act,
                body: change(act.body as Record<string, unknown>),
              })),
            },
          }
        : chained,
    );
  expect(verifyStamps(spoilt((body) => ({ ...body, hash: '0'.repeat(64) })))).toMatchObject({
    ok: false,
    why: 'not-in-log',
  });
  const other = entries().flatMap((entry) => stampsIn(entry))[1];
  const token = Buffer.from(other?.token ?? []).toString('base64');
  expect(verifyStamps(spoilt((body) => ({ ...body, token })))).toMatchObject({ ok: false });
});

test('no person gives a stamp, whatever they may do', () => {
  const body = { seq: 1, hash: '0'.repeat(64), at: office.now(), service: 'x', token: 'AAAA' };
  expect(() => {
    office.as('administrator').must('access.stamp', body);
  }).toThrow('directory.only-the-server');
});

function run(lines: readonly string[] = entries().map(auditLine), change = (text: string) => text) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'nhat-ky.jsonl'), lines.map((line) => `${line}\n`).join(''));
  const stamps = entries().flatMap((entry) => stampsIn(entry));
  const rows = stamps.map(
    ({ seq, hash, at, token }) => `${seq} ${hash} ${at} ${Buffer.from(token).toString('base64')}\n`,
  );
  writeFileSync(join(folder, 'dau.txt'), change(rows.join('')));
  const args = ['stamps.sh', 'nhat-ky.jsonl', 'dau.txt', 'tsa.pem'];
  const { status, stdout } = spawnSync('bash', args, { cwd: folder, encoding: 'utf8' });
  const told = stdout.trim().split('\n');
  return { status, lines: told.length, last: told.at(-1) };
}
