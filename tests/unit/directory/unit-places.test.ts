import { describe, expect, test } from 'vitest';
import { hasEnded, unitAndBelow, unitTree } from '#renderer/features/directory/unit-tree.ts';
import { aUnit, day, ids } from '../../support/builders.ts';

const head = aUnit({ id: ids.unit(), name: 'Ban Giám đốc' });
const office = aUnit({ id: ids.unit(), name: 'Văn phòng', parent: head.id });
const digital = aUnit({ id: ids.unit(), name: 'Phòng Chuyển đổi số', parent: head.id });
const team = aUnit({ id: ids.unit(), name: 'Tổ Tin học', parent: office.id });
const units = [team, office, digital, head];

describe('the tree of units on the screens', () => {
  test('a unit stands after the one it belongs to, those beside each other by name', () => {
    expect(unitTree(units).map(({ unit, depth }) => [unit.name, depth])).toEqual([
      ['Ban Giám đốc', 0],
      ['Phòng Chuyển đổi số', 1],
      ['Văn phòng', 1],
      ['Tổ Tin học', 2],
    ]);
  });

  test('no unit is lost: not one whose parent is unknown, nor those that stand in a circle', () => {
    const lost = aUnit({ id: ids.unit(), name: 'Thanh tra', parent: ids.unit() });
    const circle = [{ ...head, parent: team.id }, office, team];
    expect(unitTree([...circle, lost]).map(({ unit }) => unit.name)).toEqual([
      'Thanh tra',
      'Ban Giám đốc',
      'Văn phòng',
      'Tổ Tin học',
    ]);
  });

  test('a unit is not offered itself nor what is below it', () => {
    expect(unitAndBelow(office.id, units)).toEqual(new Set([office.id, team.id]));
    expect(unitAndBelow(head.id, units).size).toBe(4);
  });

  test('a unit has ended once its last day has passed', () => {
    const last = { validTo: day('2026-11-22') };
    expect(hasEnded(last, day('2026-11-22'))).toBe(false);
    expect(hasEnded(last, day('2026-11-23'))).toBe(true);
    expect(hasEnded({ validTo: null }, day('2026-11-23'))).toBe(false);
  });
});
