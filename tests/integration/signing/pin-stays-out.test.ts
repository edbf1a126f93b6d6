import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { officePki, today } from '../../support/pki/office-pki.ts';
import { proofOffice, type ProofOffice } from '../../support/proof-office.ts';

const pin = '246810';
let office: ProofOffice;
const said: string[] = [];

beforeAll(() => {
  office = proofOffice(officePki(), today);
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      said.push(String(chunk));
      return true;
    });
  }
});
afterAll(() => {
  vi.restoreAllMocks();
  office.remove();
});

test('a PIN is in no act, no table and no line that is printed after somebody signed and sealed', async () => {
  await office.sealed();
  const { db } = office.open().desk;
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all() as { name: string }[];
  expect(tables.map(({ name }) => name)).toContain('key_file');
  for (const { name } of tables) {
    for (const row of db.prepare(`SELECT * FROM "${name}"`).all() as Record<string, unknown>[]) {
      const text = Object.values(row)
        .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
        .join('\n');
      expect(text.includes(pin), name).toBe(false);
    }
  }
  expect(said.join('')).not.toContain(pin);
});
