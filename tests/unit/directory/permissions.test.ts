import { describe, expect, test } from 'vitest';
import { commandsByName } from '#shared/commands.ts';
import {
  isCallName,
  permissions,
  roles,
  whyNotCall,
  type CallName,
  type Role,
} from '#shared/directory/public.ts';
import { aPerson } from '../../support/builders.ts';
import { beforeAnybody, callsOnContract, whoMay } from '../../support/who-may.ts';

describe('the one table of permissions', () => {
  test.each(callsOnContract)('says who may call %s', (call) => {
    expect(isCallName(call)).toBe(true);
  });

  test.each([...commandsByName.keys()])('says who may command %s', (command) => {
    expect(isCallName(command)).toBe(true);
  });

  test('has no line for what cannot be called', () => {
    const known = new Set([...callsOnContract, ...commandsByName.keys()]);
    expect(Object.keys(permissions).filter((call) => !known.has(call))).toEqual([]);
  });

  test.each(Object.entries(whoMay))('%s: %s', (call, allowed) => {
    const may = (role: Role) => whyNotCall(call as CallName, aPerson({ roles: [role] })) === null;
    expect(roles.map((role) => (may(role) ? '+' : '.')).join('')).toBe(allowed);
  });

  test.each(Object.keys(whoMay) as CallName[])('%s: signed in, and still here', (call) => {
    const isOpen = beforeAnybody.has(call);
    const isForNobody = permissions[call] === 'the-server';
    expect(whyNotCall(call, null)?.code).toBe(isOpen || isForNobody ? undefined : 'session.not-signed-in');
    const gone = aPerson({ roles: [...roles], active: false });
    expect(whyNotCall(call, gone)?.code).toBe(isOpen ? undefined : 'directory.person-left');
  });

  test('somebody with two roles may do what either may', () => {
    const both = aPerson({ roles: ['archivist', 'clerk'] });
    expect(whyNotCall('documents.number', both)).toBeNull();
    expect(whyNotCall('directory.describeUnit', both)?.code).toBe('directory.not-your-role');
  });
});
