import { describe, expect, test } from 'vitest';
import type { Unit, UnitDetails } from '#shared/directory/public.ts';
import { ask, codeOf } from '../../support/ask.ts';
import { aPerson, aUnit, day, ids } from '../../support/builders.ts';

const administrator = aPerson({ roles: ['administrator'] });
const department = aUnit({ id: ids.unit(), name: 'Khối chuyên môn' });
const office = aUnit({ id: ids.unit(), name: 'Văn phòng', parent: department.id });
const team = aUnit({ id: ids.unit(), name: 'Tổ Tin học', parent: office.id });

function describeUnit(unit: Unit, change: Partial<UnitDetails>, units = [department, office, team]) {
  const { id, ...details } = unit;
  return ask('directory.describeUnit', {
    by: administrator,
    body: { unitId: id, details: { ...details, ...change } },
    known: { units },
  });
}

describe('the tree of units', () => {
  test('a unit is not part of itself, nor of any unit below it, however deep', () => {
    expect(codeOf(describeUnit(office, { parent: office.id }))).toBe('directory.unit-in-itself');
    expect(codeOf(describeUnit(department, { parent: office.id }))).toBe('directory.unit-in-itself');
    expect(codeOf(describeUnit(department, { parent: team.id }))).toBe('directory.unit-in-itself');
    expect(codeOf(describeUnit(office, { parent: team.id }))).toBe('directory.unit-in-itself');
  });

  test('a unit moves to any other place in the tree', () => {
    expect(codeOf(describeUnit(team, { parent: department.id }))).toBeNull();
    expect(codeOf(describeUnit(team, { parent: null }))).toBeNull();
    expect(codeOf(describeUnit(office, { name: 'Văn phòng Sở' }))).toBeNull();
  });

  test('a new unit is put under one that is there', () => {
    const fresh = aUnit({ id: ids.unit(), parent: team.id });
    expect(codeOf(describeUnit(fresh, {}))).toBeNull();
    expect(codeOf(describeUnit(fresh, { parent: ids.unit() }))).toBe('directory.unknown-unit');
  });

  test('units that already stand in a circle can be taken out of it', () => {
    const circle = [{ ...department, parent: office.id }, office];
    expect(codeOf(describeUnit(office, { parent: null }, circle))).toBeNull();
    expect(codeOf(describeUnit(team, { parent: office.id }, [...circle, team]))).toBeNull();
  });

  test('ends no earlier than it begins', () => {
    expect(codeOf(describeUnit(team, { validTo: day('2019-12-31') }))).toBe('directory.dates-reversed');
    expect(codeOf(describeUnit(team, { validTo: day('2020-01-01') }))).toBeNull();
  });
});
