import { afterAll, beforeAll, expect, test } from 'vitest';
import { roles, type CallName } from '#shared/directory/public.ts';
import { beforeAnybody, callsOnContract, whoMay } from '../../support/who-may.ts';
import { officeOfRoles, type Calls, type OfficeOfRoles } from '../../support/office-of-roles.ts';

let office: OfficeOfRoles;
const windows = new Map<string, Calls>();

beforeAll(async () => {
  office = await officeOfRoles();
  for (const role of roles) windows.set(role, await office.at(office.person(role), role));
});
afterAll(() => {
  office.remove();
});

/** What the door says to a call without sense: its own refusals come before anything is read. */
async function answered(calls: Calls, call: string): Promise<string> {
  try {
    await calls(call, nothing);
    return 'taken';
  } catch (error) {
    return (error as Error).message;
  }
}

/** No call of the contract is content with it, so that no call that is let through does anything. */
const nothing = 7;
const doorSays = new Set(['directory.not-your-role', 'session.not-signed-in', 'directory.person-left']);
const head = () => office.core.sessions.current('administrator')?.open.desk.log.head();

test('every call of the contract is walked with every role, and has a line', () => {
  expect(callsOnContract.filter((call) => !Object.hasOwn(whoMay, call))).toEqual([]);
});

test.each(callsOnContract)(
  '%s lets in whom the table names, and nobody else, and changes nothing',
  async (call) => {
    const before = head();
    const walked = [];
    for (const role of roles) {
      const calls = windows.get(role);
      if (calls === undefined) throw new Error(`Nobody is ${role}`);
      walked.push(doorSays.has(await answered(calls, call)) ? '.' : '+');
    }
    expect(walked.join('')).toBe(whoMay[call as CallName]);
    const stranger = await answered(office.stranger('nobody'), call);
    expect(stranger === 'session.not-signed-in').toBe(!beforeAnybody.has(call));
    expect(head()).toEqual(before);
  },
);

test('who has left is shown out of every call, in the window they had open', async () => {
  office.leave(office.person('officer'));
  const calls = windows.get('officer');
  if (calls === undefined) throw new Error('Nobody is an officer');
  for (const call of callsOnContract.filter((one) => !beforeAnybody.has(one))) {
    expect([call, await answered(calls, call)]).toEqual([call, 'directory.person-left']);
  }
});
