import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ScheduleSchema,
  allKeptUntil,
  findingsOf,
  isShorter,
  keptUntil,
  suggestRetention,
  type RetentionRule,
} from '#shared/dossiers/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import { ask } from '../../support/ask.ts';
import { aPerson, anIncoming, day, mondayMorning } from '../../support/builders.ts';
import { aDossier, anEntry } from '../../support/dossiers.ts';

const rule = (words: string[], retention: RetentionRule['retention']): RetentionRule => ({
  words,
  retention,
  basis: 'TT 10/2022/TT-BNV',
  sure: 'read',
});

describe('how long a file is kept', () => {
  test('is compared: for ever is longest', () => {
    expect(isShorter(10, 20)).toBe(true);
    expect(isShorter(70, 'permanent')).toBe(true);
    expect(isShorter('permanent', 70)).toBe(false);
  });

  test('is suggested by the list, then by the agency, then by the schedule', () => {
    const schedule = { source: '', rules: [rule(['báo cáo', 'năm'], 'permanent'), rule(['mua sắm'], 10)] };
    const asked = { schedule, fold: foldVietnamese, code: '05.VP', entries: [], own: [] };
    const yearly = { ...asked, title: 'Báo cáo công tác năm 2026' };
    expect(suggestRetention(yearly)).toMatchObject({ retention: 'permanent', from: 'schedule' });
    const own = [rule(['báo cáo'], 30)];
    expect(suggestRetention({ ...yearly, own })).toMatchObject({ retention: 30, from: 'agency' });
    const entries = [anEntry({ code: '05.VP', retention: 5 })];
    expect(suggestRetention({ ...yearly, own, entries })).toMatchObject({ retention: 5, from: 'list' });
    expect(suggestRetention({ ...asked, title: 'Tuyển dụng' })).toBeNull();
    // Whole words: what only begins like one says nothing.
    expect(suggestRetention({ ...asked, title: 'Báo cáo của nămg' })).toBeNull();
  });

  test('the schedule that comes along says of each line what it rests on and how sure it is', () => {
    const file = join(import.meta.dirname, '../../../resources/catalogues/retention.json');
    const { source, rules } = ScheduleSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(source).not.toBe('');
    expect(rules.every(({ basis }) => basis !== '')).toBe(true);
    expect(rules.some(({ sure }) => sure === 'unconfirmed')).toBe(true);
  });

  test('counts from the end of the work, or of its year', () => {
    const file = { endedOn: day('2020-02-29'), retention: 5 } as const;
    expect(keptUntil(file, 'year-end')).toBe('2025-12-31');
    expect(keptUntil(file, 'day')).toBe('2025-02-28');
    expect(keptUntil({ ...file, retention: 'permanent' }, 'day')).toBeNull();
    expect(keptUntil({ ...file, endedOn: null }, 'day')).toBeNull();
    expect(allKeptUntil([file, { ...file, retention: 20 }], 'year-end')).toBe('2040-12-31');
    expect(allKeptUntil([file, { ...file, retention: 'permanent' }], 'year-end')).toBeNull();
  });

  test('what is kept shorter than the schedule says is found at the end, with the term that would be right', () => {
    const letter = anIncoming({ state: 'filed' });
    const dossier = aDossier({ retention: 5, items: [{ n: 1, document: letter.id }] });
    const found = findingsOf(
      {
        dossier,
        parts: [],
        list: null,
        document: () => letter,
        task: () => null,
        person: () => null,
        reads: () => true,
        scheduled: () => 20,
      },
      { endedOn: day('2026-11-20'), today: mondayMorning },
    );
    expect(found).toMatchObject([
      {
        refusal: { code: 'dossiers.retention-under-schedule' },
        stops: false,
        mend: 'retention',
        retention: 20,
      },
    ]);
  });

  test('the archivist sets the agency’s own rules, which replace those before', () => {
    const by = aPerson({ roles: ['archivist'] });
    const body = { counting: 'day', rules: [rule(['quy hoạch'], 'permanent')] };
    expect(ask('dossiers.arrangeRetention', { by, body })).toMatchObject([
      { type: 'retentionArranged', body },
    ]);
  });
});
