import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { IdentityPolicy } from '#shared/directory/public.ts';
import { DeviceIdSchema, type PersonId } from '#shared/kernel/public.ts';
import {
  clientId,
  clientSecret,
  signInAt,
  startIdentityProvider,
  type IdentityProvider,
} from '../../support/identity-provider.ts';
import {
  even,
  eventually,
  manyMachines,
  newCommand,
  passphrase,
  refusalOf,
  type Machine,
} from '../../support/machines.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';
import type { Staff } from '../../support/small-agency.ts';
import { moveToDatabase } from '../../support/two-agencies.ts';

const engines = [
  ['SQLite', 20_474],
  ['PostgreSQL', 20_454],
] as const;

describe.each(engines)('the log in %s', (engine, port) => {
  const many = manyMachines(port, ['administrator']);
  const { at, beginWith, machine, joined } = many;
  const { staff } = at.agency;
  let postgres: OwnPostgres | null = null;
  let provider: IdentityProvider;
  let administrator: Machine;
  let clerk: Machine;
  let address: string;

  const policy = (over: Partial<IdentityPolicy> = {}): IdentityPolicy => ({
    name: 'Tài khoản tỉnh',
    issuer: provider.issuer,
    clientId,
    claim: 'email',
    equals: 'email',
    strong: [],
    ...over,
  });

  beforeAll(async () => {
    provider = await startIdentityProvider(20_475);
    if (engine === 'PostgreSQL') {
      postgres = await ownPostgres();
      await moveToDatabase(at, postgres.url);
    }
    await beginWith(...(postgres === null ? [] : ['--database-url', postgres.url]));
    administrator = await joined('quản trị', 'administrator');
    await even(administrator);
    ({ address } = await administrator.client.sync.serverAddress({}));
    for (const who of ['clerk', 'head', 'administrator', 'officer', 'colleague'] as const) {
      await enter(who, `${who}@antin.example`);
      provider.accounts.set(who, { email: `${who.toUpperCase()}@antin.example` });
    }
  });
  afterEach(() => {
    provider.spoil(null);
  });
  afterAll(async () => {
    await many.end();
    await postgres?.remove();
    await provider.stop();
  });

  async function enter(who: keyof Staff, email: string | null): Promise<void> {
    const { id, name, post, rank, unit, roles } = staff[who];
    const details = { name, post, rank, unit, roles: [...roles], email };
    const reply = await administrator.client.directory.describePerson({
      commandId: newCommand(),
      body: { personId: id, details },
    });
    expect(reply).toMatchObject({ ok: true });
    await even(administrator);
  }

  async function arrange(identity: IdentityPolicy | null): Promise<void> {
    const { reply } = await administrator.client.sync.arrangeIdentity({
      commandId: newCommand(),
      identity,
      secret: identity === null ? null : clientSecret,
    });
    expect(reply).toMatchObject({ ok: true });
  }

  /** Joins as somebody at a browser does who signs in there as `login`. */
  async function joinAs({ client }: Machine, login: string) {
    const { flow, url } = await client.sync.beginJoin({ text: address, machine: 'máy phòng', passphrase });
    const finished = client.sync.finishJoin({ flow });
    finished.catch(() => undefined);
    const back = await signInAt(url, login);
    expect(back.page).toContain('Ấn Tín');
    return finished;
  }

  async function openAs({ client }: Machine, personId: PersonId, login: string) {
    const { flow, url } = await client.session.beginIdentity({ agencyId: at.agencyId, personId });
    const finished = client.session.finishIdentity({ flow });
    finished.catch(() => undefined);
    await signInAt(url, login);
    return finished;
  }

  const doorAt = ({ client }: Machine) =>
    eventually(
      'the desk has a door',
      () => client.session.agencies({}),
      ({ desks }) => desks[0]?.people[0]?.identity === 'Tài khoản tỉnh',
    );

  test('without a provider nobody joins by one, and a desk says so before anybody is sent anywhere', async () => {
    const { client } = machine('máy lạ');
    expect(await client.sync.readAddress({ text: address })).toMatchObject({
      identity: null,
      host: `127.0.0.1:${at.port}`,
    });
    const asked = client.sync.beginJoin({ text: address, machine: 'm', passphrase });
    expect(await refusalOf(asked)).toBe('identity.off');
  });

  test('an administrator tries a provider before arranging it, and nobody else may', async () => {
    const tried = await administrator.client.sync.tryIdentity({ policy: policy(), secret: clientSecret });
    expect(tried).toEqual({ signIn: `${provider.issuer}/auth`, givesClaim: true });
    const nowhere = policy({ issuer: 'http://127.0.0.1:9' });
    expect(await refusalOf(administrator.client.sync.tryIdentity({ policy: nowhere, secret: null }))).toBe(
      'identity.provider-away',
    );
    const another = policy({ issuer: `${provider.issuer}/khác` });
    expect(await refusalOf(administrator.client.sync.tryIdentity({ policy: another, secret: null }))).toMatch(
      /^identity[.]/u,
    );
  });

  test('an official joins by their account, signs out, and signs in by it again', async () => {
    await arrange(policy());
    clerk = machine('văn thư');
    expect(await clerk.client.sync.readAddress({ text: address })).toMatchObject({
      identity: 'Tài khoản tỉnh',
    });
    const who = await joinAs(clerk, 'clerk');
    expect(who).toEqual({ agencyId: at.agencyId, personId: staff.clerk.id });
    await clerk.client.session.signIn({ ...who, passphrase });
    await even(clerk);
    await doorAt(clerk);
    await clerk.client.session.signOut({});
    // Switched off and on: the data key is nowhere but sealed.
    clerk.core.close();
    clerk = machine('văn thư');
    const session = await openAs(clerk, staff.clerk.id, 'clerk');
    expect(session).toMatchObject({ person: { id: staff.clerk.id } });
    await even(clerk);
    await eventually(
      'the administrator sees that its certificate holds',
      () => administrator.client.sync.devices({}),
      ({ devices }) => devices.find(({ person }) => person === staff.clerk.id)?.standing === 'good',
    );
    await clerk.client.session.signOut({});
  });

  test('a sign-in goes on though the desk left another secret meanwhile', async () => {
    const who = { agencyId: at.agencyId, personId: staff.clerk.id };
    const keys = join(clerk.home, readdirSync(clerk.home)[0] ?? '', 'keys.json');
    const { flow, url } = await clerk.client.session.beginIdentity(who);
    const before = readFileSync(keys, 'utf8');
    await clerk.client.session.signIn({ ...who, passphrase });
    await eventually(
      'another door',
      () => Promise.resolve(readFileSync(keys, 'utf8')),
      (now) => now !== before,
    );
    await clerk.client.session.signOut({});
    const finished = clerk.client.session.finishIdentity({ flow });
    await signInAt(url, 'clerk');
    expect(await finished).toMatchObject({ person: { id: staff.clerk.id } });
    await clerk.client.session.signOut({});
  });

  test('somebody else’s account opens nothing, and five wrong passphrases shut this way too', async () => {
    expect(await refusalOf(openAs(clerk, staff.clerk.id, 'head'))).toBe('identity.another-person');
    expect((await clerk.client.session.current({})).session).toBeNull();
    const who = { agencyId: at.agencyId, personId: staff.clerk.id };
    for (let tries = 0; tries < 5; tries += 1) {
      await refusalOf(clerk.client.session.signIn({ ...who, passphrase: 'sai' }));
    }
    expect(await refusalOf(clerk.client.session.beginIdentity(who))).toBe('store.locked-out');
  });

  test.each([
    ['for another audience', (token: Record<string, unknown>) => ({ ...token, aud: 'một ứng dụng khác' })],
    [
      'of another issuer',
      (token: Record<string, unknown>) => ({ ...token, iss: 'https://noi-khac.example' }),
    ],
    ['with another nonce', (token: Record<string, unknown>) => ({ ...token, nonce: 'cũ' })],
    ['that has ended', (token: Record<string, unknown>) => ({ ...token, exp: 1 })],
    ['of a sign-in of long ago', (token: Record<string, unknown>) => ({ ...token, auth_time: 1 })],
    ['without a signature', () => 'unsigned' as const],
    ['signed by another key', () => 'other-key' as const],
  ])('a token %s is not believed', async (_name, change) => {
    provider.spoil(change);
    const stranger = machine('máy lạ');
    expect(await refusalOf(joinAs(stranger, 'head'))).toBe('identity.not-believed');
    expect(existsSync(stranger.home) ? readdirSync(stranger.home) : []).toEqual([]);
    stranger.core.close();
  });

  test('a return that was used is not used again, and one for another sign-in goes nowhere', async () => {
    const { client } = machine('máy lạ');
    const begun = await client.sync.beginJoin({ text: address, machine: 'm', passphrase });
    const back = new URL(begun.url).searchParams;
    const redirect = back.get('redirect_uri') ?? '';
    const guessed = await fetch(`${redirect}?code=abc&state=khac`);
    expect(guessed.status).toBe(404);
    // The right state with a code that was never given.
    const finished = client.sync.finishJoin({ flow: begun.flow });
    finished.catch(() => undefined);
    await fetch(`${redirect}?code=abc&state=${back.get('state') ?? ''}&iss=${provider.issuer}`);
    expect(await refusalOf(finished)).toBe('identity.not-believed');
    expect(await refusalOf(client.sync.finishJoin({ flow: begun.flow }))).toBe('identity.stale');
  });

  test('nobody, somebody who left and two of one address are each told why not', async () => {
    const stranger = machine('máy lạ');
    provider.accounts.set('nobody', { email: 'khach@noi-khac.example' });
    expect(await refusalOf(joinAs(stranger, 'nobody'))).toBe('identity.nobody');
    provider.accounts.set('unverified', { email: 'head@antin.example', emailVerified: false });
    expect(await refusalOf(joinAs(stranger, 'unverified'))).toBe('identity.email-unverified');
    provider.accounts.set('nameless', {});
    expect(await refusalOf(joinAs(stranger, 'nameless'))).toBe('identity.no-claim');
    await enter('colleague', 'officer@antin.example');
    expect(await refusalOf(joinAs(stranger, 'officer'))).toBe('identity.several');
    const left = await administrator.client.directory.personLeaves({
      commandId: newCommand(),
      body: { personId: staff.colleague.id, reason: 'Chuyển công tác' },
    });
    expect(left).toMatchObject({ ok: true });
    await even(administrator);
    expect(await joinAs(stranger, 'officer')).toMatchObject({ personId: staff.officer.id });
  });

  test('an administrator joins only with two factors', async () => {
    expect(await refusalOf(joinAs(machine('máy quản trị 2'), 'administrator'))).toBe(
      'identity.needs-two-factors',
    );
    provider.spoil((token) => ({ ...token, amr: ['pwd', 'otp', 'mfa'] }));
    expect(await joinAs(machine('máy quản trị 3'), 'administrator')).toMatchObject({
      personId: staff.administrator.id,
    });
  });

  test('people are known by their numbers too, of which no log and no desk holds any', async () => {
    const number = '079085001234';
    provider.accounts.set('by-number', { cccd: number });
    await arrange(policy({ claim: 'cccd', equals: 'identifier' }));
    const head = machine('lãnh đạo');
    expect(await refusalOf(joinAs(head, 'by-number'))).toBe('identity.nobody');
    const { reply } = await administrator.client.sync.identifyPerson({
      commandId: newCommand(),
      personId: staff.head.id,
      identifier: number,
    });
    expect(reply).toMatchObject({ ok: true });
    await even(administrator);
    const { people } = await administrator.client.directory.overview({});
    expect(JSON.stringify(people)).not.toContain(number);
    expect(await joinAs(head, 'by-number')).toMatchObject({ personId: staff.head.id });
    await head.client.session.signIn({ agencyId: at.agencyId, personId: staff.head.id, passphrase });
    await even(head);
    await doorAt(head);
    await head.client.session.signOut({});

    // With the provider away there is the passphrase, as ever.
    await provider.stop();
    const who = { agencyId: at.agencyId, personId: staff.head.id };
    expect(await refusalOf(head.client.session.beginIdentity(who))).toBe('identity.provider-away');
    await head.client.session.signIn({ ...who, passphrase });
    await head.client.session.signOut({});
    await provider.start();

    // A desk that was revoked hears it at its door, and takes its data away without being opened.
    const [folder = ''] = readdirSync(head.home);
    head.core.close();
    const { devices } = await administrator.client.sync.devices({});
    const theirs = devices.find(({ person }) => person === staff.head.id);
    await administrator.client.sync.revokeDevice({
      commandId: newCommand(),
      body: { deviceId: DeviceIdSchema.parse(theirs?.id), reason: 'Mất máy' },
    });
    await even(administrator);
    const again = machine('lãnh đạo');
    expect(await refusalOf(openAs(again, staff.head.id, 'by-number'))).toBe('server.revoked');
    expect(readdirSync(join(again.home, folder))).toEqual(['desk.json']);
  });

  test('the provider taken away again, its way in goes from every desk', async () => {
    const officer = machine('máy lạ');
    await officer.client.session.signIn({ agencyId: at.agencyId, personId: staff.officer.id, passphrase });
    await even(officer);
    await doorAt(officer);
    await arrange(null);
    await eventually(
      'the way in is gone',
      () => officer.client.session.agencies({}),
      ({ desks }) => desks[0]?.people[0]?.identity === null,
    );
    const asked = machine('máy khác').client.sync.beginJoin({ text: address, machine: 'm', passphrase });
    expect(await refusalOf(asked)).toBe('identity.off');
  });
});
