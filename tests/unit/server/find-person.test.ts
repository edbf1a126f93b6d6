import { describe, expect, it } from 'vitest';
import { anAdministrator, findPerson } from '#server/features/devices/find-person.ts';
import { aPerson } from '../../support/builders.ts';

const lan = aPerson({ name: 'Đỗ Thị Lan', post: 'Văn thư' });
const thang = aPerson({ name: 'Vũ Đức Thắng', roles: ['administrator'] });
const namesake = aPerson({ name: 'Đỗ Thị Lan', post: 'Chuyên viên' });
const left = aPerson({ name: 'Vũ Đức Thắng', roles: ['administrator'], active: false });

describe('who is meant on the command line', () => {
  it.each(['Vũ Đức Thắng', 'vu duc thang', '  VŨ ĐỨC THẮNG ', thang.id])('%s', (meant) => {
    expect(findPerson([left, lan, thang], meant)).toBe(thang);
  });

  it('not one of two with the same name, and nobody who has left', () => {
    expect(() => findPerson([lan, namesake], 'do thi lan')).toThrow(/which-person/u);
    expect(findPerson([lan, namesake], namesake.id)).toBe(namesake);
    expect(() => findPerson([left], 'Vũ Đức Thắng')).toThrow(/nobody-called/u);
    expect(() => findPerson([lan], '')).toThrow(/nobody-called/u);
  });

  it('an administrator who is at work gives the invitation', () => {
    expect(anAdministrator([lan, left, thang])).toBe(thang);
    expect(() => anAdministrator([lan, left])).toThrow(/no-administrator/u);
  });
});
