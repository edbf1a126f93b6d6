import { describe, expect, test } from 'vitest';
import {
  mayRead,
  readingScope,
  whyNotReceivePapers,
  type Audience,
  type Role,
} from '#shared/directory/public.ts';
import { aPerson, ids, ownUnit } from '../../support/builders.ts';
import { dossierId } from '../../support/dossiers.ts';

describe('who reads what', () => {
  const reader = (...roles: Role[]) => aPerson({ roles });
  const elsewhere = { people: [ids.person()], units: [ids.unit()] };
  const inUnit = { people: [], units: [ownUnit] };
  const reads = (person: ReturnType<typeof aPerson>, audience: Audience) =>
    mayRead(readingScope(person), audience);

  test.each(['clerk', 'leader', 'chief'] as const)('the %s reads everything of the agency', (role) => {
    expect(reads(reader(role), elsewhere)).toBe(true);
  });

  test('a unit’s head reads what is the unit’s or their own', () => {
    const head = reader('unit-head');
    expect(reads(head, inUnit)).toBe(true);
    expect(reads(head, { people: [head.id], units: [] })).toBe(true);
    expect(reads(head, elsewhere)).toBe(false);
  });

  test.each(['officer', 'meeting-secretary'] as const)('the %s reads only what they are part of', (role) => {
    const person = reader(role);
    expect(reads(person, { people: [person.id], units: [] })).toBe(true);
    expect(reads(person, inUnit)).toBe(false);
  });

  test.each(['administrator', 'archivist'] as const)(
    'the %s reads no papers, even with their name on them',
    (role) => {
      const person = reader(role);
      expect(reads(person, { people: [person.id], units: [person.unit] })).toBe(false);
    },
  );

  test('an archivist reads what is at the archive, beside what another role lets them read', () => {
    const there = { people: [], units: [], inArchive: [dossierId()] };
    const [alone, both] = [reader('archivist'), reader('officer', 'archivist')];
    expect([alone, both, reader('officer')].map((one) => reads(one, there))).toEqual([true, true, false]);
    expect(reads(both, { people: [both.id], units: [] })).toBe(true);
    expect([alone, both].map((one) => reads(one, { ...there, inArchive: [] }))).toEqual([false, false]);
    expect(whyNotReceivePapers(alone)?.code).toBe('directory.reads-no-papers');
  });

  test('whoever left reads nothing', () => {
    const gone = aPerson({ roles: ['leader', 'clerk'], active: false });
    expect(reads(gone, { people: [gone.id], units: [gone.unit] })).toBe(false);
  });

  test('the widest of several roles counts', () => {
    expect(reads(reader('administrator', 'leader'), elsewhere)).toBe(true);
    expect(reads(reader('administrator', 'officer'), elsewhere)).toBe(false);
  });
});
