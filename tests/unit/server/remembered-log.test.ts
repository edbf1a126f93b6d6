import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from '#electron/platform/clock.ts';
import {
  CommandIdSchema,
  DeviceIdSchema,
  genesisHash,
  hashBytes,
  ref,
  type LogEntry,
} from '#shared/kernel/public.ts';
import { agencyLogTables, sqliteAgencyLog } from '#shared/node/agency-log/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { anAgency, beginIdsAt, ids } from '../../support/builders.ts';

const folder = mkdtempSync(join(tmpdir(), 'Ấn Tín nhớ '));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const hashOf = (text: string) => hashBytes(Buffer.from(text));
const paper = ref('document', '01890000-0000-7000-8000-000000000001');

function aLog(name: string) {
  const path = join(folder, `${name}.db`);
  const key = new Uint8Array(32).fill(7);
  const open = () => {
    const db = openEncrypted({ path, key });
    db.exec(agencyLogTables);
    return { db, log: sqliteAgencyLog(db) };
  };
  return { ...open(), another: open };
}

function anEntry(seq: number): LogEntry {
  beginIdsAt(seq * 100);
  const { id: agencyId } = anAgency();
  const recordedAt = '2026-03-02T01:00:00.000Z' as LogEntry['recordedAt'];
  const command = {
    id: CommandIdSchema.parse(systemClock.newId()),
    name: 'x.y',
    actor: ids.person(),
    onBehalfOf: null,
    claimedAt: recordedAt,
    body: {},
  };
  return { seq, agencyId, command, recordedAt, acts: [], refusal: null };
}

describe('a server remembers what it asks for with every command', () => {
  test('what another process wrote is seen by the next piece of work', () => {
    const { log, another } = aLog('hai tiến trình');
    log.transaction(() => {
      log.keepState(paper, { version: 1, state: { subject: 'cũ' } });
    });
    expect(log.transaction(() => log.state(paper))).toEqual({ version: 1, state: { subject: 'cũ' } });
    const other = another();
    other.log.transaction(() => {
      other.log.keepState(paper, { version: 2, state: { subject: 'mới' } });
      other.log.append(anEntry(1), hashOf('một'));
    });
    expect(log.transaction(() => [log.state(paper), log.head(), log.lastRecordedAt()])).toEqual([
      { version: 2, state: { subject: 'mới' } },
      { seq: 1, hash: hashOf('một') },
      anEntry(1).recordedAt,
    ]);
  });

  test('what was written past it over the same connection is seen too', () => {
    const { db, log } = aLog('bên cạnh');
    expect(log.transaction(() => log.lastDseq(DeviceIdSchema.parse(systemClock.newId())))).toBe(0);

    const device = DeviceIdSchema.parse(systemClock.newId());
    expect(log.transaction(() => log.lastDseq(device))).toBe(0);
    db.prepare('INSERT INTO desk (device, last_dseq) VALUES (?, 9)').run(device);
    expect(log.transaction(() => log.lastDseq(device))).toBe(9);
  });

  test('nothing of work that failed is remembered, nor of a part of it that failed', () => {
    const { log } = aLog('hỏng');
    const fail = (): never => {
      throw new Error('hỏng');
    };
    const write = () => {
      log.append(anEntry(1), hashOf('một'));
      log.keepState(paper, { version: 1, state: {} });
      log.appendItem('agency', { n: 1, seq: 1, at: 1, entry: hashOf('một'), sees: [], hash: hashOf('a') });
      expect([log.head().seq, log.state(paper)?.version, log.scopeHead('agency').n]).toEqual([1, 1, 1]);
      return fail();
    };
    const seen = () => [log.head(), log.state(paper), log.scopeHead('agency'), log.lastRecordedAt()];
    const nothing = [{ seq: 0, hash: genesisHash }, null, { n: 0, hash: genesisHash }, null];
    expect(() => log.transaction(write)).toThrow('hỏng');
    expect(log.transaction(seen)).toEqual(nothing);
    log.transaction(() => {
      expect(() => log.transaction(write)).toThrow('hỏng');
      expect(seen()).toEqual(nothing);
    });
    expect(seen()).toEqual(nothing);
  });
});
