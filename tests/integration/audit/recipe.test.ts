import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealFile } from '#electron/features/signing/public.ts';
import { readState } from '#electron/store/read-state.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import { auditLine } from '#shared/node/sequencer/public.ts';
import { pem } from '../../support/pem.ts';
import {
  numberedNotice,
  officePin,
  outgoingOf,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

let working: WorkingOffice;
let folder: string;
let lines: readonly string[];

beforeAll(async () => {
  working = await workingOffice();
  const documentId = await numberedNotice(working);
  await sealFile(working.as('clerk'), { commandId: working.commandId(), documentId, pin: officePin });
  const { desk, blobs } = working.office.open;
  folder = join(working.folder, 'người ngoài');
  mkdirSync(folder);
  lines = desk.log.entriesAfter(0, 10_000).map(auditLine);
  // The recipes as they stand in the docs: each block begins with its own name.
  const page = readFileSync(join(import.meta.dirname, '../../../docs/audit.md'), 'utf8');
  for (const [, script = ''] of page.matchAll(/```bash\n([^]*?)```/gu)) {
    writeFileSync(join(folder, /^# (\S+)/u.exec(script)?.[1] ?? ''), script);
  }
  const { file } = outgoingOf(working, documentId);
  if (file === null) throw new Error('It is sealed');
  writeFileSync(join(folder, 'van-ban.pdf'), await blobs.read(file.hash, 0, file.size));
  const root = readState(desk.db, agencyAggregate, desk.agencyId)?.rootCertificate ?? '';
  writeFileSync(join(folder, 'goc.pem'), pem('CERTIFICATE', Buffer.from(root, 'base64')));
}, 120_000);
afterAll(() => {
  working.remove();
});

function bash(...args: readonly string[]) {
  const { status, stdout } = spawnSync('bash', args, { cwd: folder, encoding: 'utf8' });
  return { status, said: stdout.trim() };
}

function chainOf(changed: readonly string[]) {
  writeFileSync(join(folder, 'nhat-ky.jsonl'), changed.map((line) => `${line}\n`).join(''));
  return bash('chain.sh', 'nhat-ky.jsonl');
}

test('sha256sum alone walks the exported chain to its head', () => {
  const { seq, hash } = working.office.open.desk.log.head();
  expect(chainOf(lines)).toEqual({ status: 0, said: `${seq} dòng, mã băm cuối ${hash}` });
});

test('a line that is changed, taken away, doubled or moved is told by its place', () => {
  const changed = lines.with(4, (lines[4] ?? '').replace('"seq":5', '"seq":6'));
  expect(chainOf(changed)).toEqual({ status: 1, said: 'dòng 5 sai' });
  expect(chainOf(lines.toSpliced(6, 1))).toEqual({ status: 1, said: 'dòng 7 sai' });
  expect(chainOf(lines.toSpliced(6, 0, lines[6] ?? ''))).toEqual({ status: 1, said: 'dòng 8 sai' });
  expect(chainOf([...lines.slice(0, 2), lines[3] ?? '', lines[2] ?? '', ...lines.slice(4)]).said).toBe(
    'dòng 3 sai',
  );
});

test('openssl alone says of each signature on a sealed page that it holds, and of a changed page that it does not', () => {
  expect(bash('signatures.sh', 'van-ban.pdf', 'goc.pem')).toEqual({
    status: 0,
    said: 'chữ ký đúng\nchữ ký đúng',
  });
  const bytes = readFileSync(join(folder, 'van-ban.pdf'));
  const at = bytes.indexOf('/Type');
  bytes[at + 1] = 0x74;
  writeFileSync(join(folder, 'sua.pdf'), bytes);
  expect(bash('signatures.sh', 'sua.pdf', 'goc.pem')).toMatchObject({ status: 1 });
});
