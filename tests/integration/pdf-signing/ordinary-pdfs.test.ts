import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { corpusPath } from '../../support/corpus.ts';
import { generatedPdfs } from '../../support/ordinary-pdfs.ts';
import { signTwice } from '../../support/sign-twice.ts';
import { signingOffice } from '../../support/signing-office.ts';

const folder = mkdtempSync(join(tmpdir(), 'antin-thuong-'));
const office = signingOffice();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('pages as many programs write them are signed twice without harm, or refused with a reason', async () => {
  const said: string[] = [];
  for (const { name, read } of await generatedPdfs(folder, 4)) {
    const outcome = await signTwice(read(), { office, folder, name: 'ký' });
    if (outcome.kind === 'fault') said.push(`${name}: ${outcome.what}`);
    if (outcome.kind === 'refused') said.push(`${name.replace(/^page \d+, /, '')}: ${outcome.code}`);
  }
  expect([...new Set(said)].toSorted()).toEqual([
    'encrypted: signing.encrypted-pdf',
    // Two fields of one name: a reader could fill either.
    'of two pages: signing.unreadable-pdf',
  ]);
}, 120_000);

test('letters that came in from elsewhere are signed twice without harm', async () => {
  const letters = readdirSync(corpusPath('incoming')).filter((name) => name.endsWith('.pdf'));
  for (const name of letters.toSorted().slice(0, 12)) {
    const bytes = new Uint8Array(readFileSync(corpusPath('incoming', name)));
    const outcome = await signTwice(bytes, { office, folder, name: 'ký' });
    expect([name, outcome]).toEqual([name, { kind: 'signed', unread: false }]);
  }
}, 60_000);
