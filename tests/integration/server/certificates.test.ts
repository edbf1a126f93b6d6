import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { join as joinAgency, newDevice } from '#electron/sync/join.ts';
import { openDoor } from '#electron/sync/server-door.ts';
import { askCertificate, openSession } from '#electron/sync/session.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { holidays } from '#electron/store/holidays.ts';
import { readState } from '#electron/store/read-state.ts';
import {
  openAgencyFolder,
  openPostgres,
  restoreAgency,
  startServer,
  versionsIn,
  type RunningServer,
} from '#server/main.ts';
import type { PostgresStore } from '#server/log/postgres-store.ts';
import { AppError, CommandIdSchema, instantFrom, type DeviceId } from '#shared/kernel/public.ts';
import { deviceCertificateFacts } from '#shared/node/pdf-signing/public.ts';
import {
  CertificateReplySchema,
  ChallengeReplySchema,
  PushReplySchema,
  SessionReplySchema,
  certificateText,
  deviceAggregate,
  protocolVersion,
  sessionText,
  signedText,
  type Device,
} from '#shared/sync/public.ts';
import {
  agencyAtServer,
  startDesk,
  until,
  type AgencyAtServer,
  type DeskIdentity,
} from '../../support/agency-server.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';
import { moveToDatabase } from '../../support/two-agencies.ts';

const dayMs = 86_400_000;
const engines = [
  ['SQLite', 20_471],
  ['PostgreSQL', 20_453],
] as const;

describe.each(engines)('the log in %s', (engine, port) => {
  let at: AgencyAtServer;
  let place: string;
  let postgres: OwnPostgres | null = null;
  let running: RunningServer | null = null;
  /** How far the server's clock is ahead of this machine's; a desk's stays what it is. */
  let aheadMs = 0;
  let clerk: DeskIdentity;
  let administrator: DeskIdentity;

  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'Ấn Tín chứng thư '));
    at = agencyAtServer(port, ['clerk', 'administrator']);
    if (engine === 'PostgreSQL') {
      postgres = await ownPostgres();
      await moveToDatabase(at, postgres.url);
    }
    await serve();
    clerk = await enrolled('clerk');
    administrator = await enrolled('administrator');
  });
  afterAll(async () => {
    await running?.close();
    await postgres?.remove();
    at.remove();
    rmSync(place, { recursive: true, force: true });
  });

  async function serve(): Promise<void> {
    await serveFrom(at.data, postgres === null ? null : await openPostgres(postgres.url, at.agencyId));
  }

  async function serveFrom(data: string, store: PostgresStore | null): Promise<void> {
    running = await startServer({
      folder: openAgencyFolder(data),
      host: '127.0.0.1',
      port: at.port,
      tls: null,
      calendar: holidays,
      backups: { data, places: [copies()], everyMs: dayMs, keep: 2 },
      store,
      graceDays: 30,
      limits: { in: null, out: null },
      nowMs: () => Date.now() + aheadMs,
      say: () => undefined,
    });
  }

  async function enrolled(who: 'clerk' | 'administrator'): Promise<DeskIdentity> {
    const { device, server } = await joinAgency(at.invitation(who), `máy ${who}`, systemClock);
    const path = join(place, `${who}.db`);
    return { device, server, personId: at.agency.staff[who].id, path, key: Buffer.alloc(32, 7) };
  }

  const copies = () => join(place, 'nơi khác');
  const session = (one: DeskIdentity) =>
    openSession(openDoor(one.server), { agencyId: at.agencyId, device: one.device });
  const codeOf = (asking: Promise<unknown>) =>
    asking.then(
      () => null,
      (error: unknown) => (error instanceof AppError ? error.code : error),
    );

  /** How far the chain goes. */
  async function headSeq(): Promise<number> {
    const text = Buffer.from(await openDoor(clerk.server).get('/ready', '')).toString();
    return z.object({ head_seq: z.int() }).parse(JSON.parse(text)).head_seq;
  }

  /** What another desk holds of a device, once the log has come to it. */
  async function deviceAt(
    desk: ReturnType<typeof startDesk>,
    id: DeviceId,
    holds: (device: Device) => boolean,
  ): Promise<Device> {
    const look = () => readState(desk.db, deviceAggregate, id);
    await until('the certificate is here', () => {
      const device = look();
      return device !== null && holds(device);
    });
    const device = look();
    if (device === null) throw new Error('It was here');
    return device;
  }

  test('a desk that joins has a certificate that openssl and every other desk can check', async () => {
    const other = startDesk(at, administrator);
    try {
      const device = await deviceAt(other, clerk.device.id, ({ certificate }) => certificate !== null);
      const given = device.certificate;
      if (given === null) throw new Error('No certificate');
      expect(deviceCertificateFacts(given.certificate, given.issuer)).toEqual({
        agencyId: at.agencyId,
        person: clerk.personId,
        device: clerk.device.id,
        publicKey: device.publicKey,
      });
      expect(Math.round((Date.parse(given.until) - Date.now()) / dayMs)).toBe(90);
      const [root, own] = [given.issuer, given.certificate].map((der, place_) => {
        const path = join(place, `${place_}.pem`);
        writeFileSync(path, `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`);
        return path;
      }) as [string, string];
      const told = execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', root, own]).toString();
      expect(told).toMatch(/: OK/u);
      const read = execFileSync('openssl', ['x509', '-in', own, '-noout', '-serial', '-subject']).toString();
      expect(read.toLowerCase()).toContain(`serial=${given.serial}`);
      expect(read).toContain(clerk.device.id);
      // Another root of the same name vouches for nothing.
      const spoilt = Buffer.from(given.certificate, 'base64');
      spoilt[spoilt.length - 1] = (spoilt[spoilt.length - 1] ?? 0) ^ 1;
      expect(deviceCertificateFacts(spoilt.toString('base64'), given.issuer)).toBeNull();
    } finally {
      await other.stop();
    }
  });

  test('it is renewed a month before its end by the server’s clock, whatever the desk believes the year is', async () => {
    const other = startDesk(at, administrator);
    try {
      const before = await deviceAt(other, clerk.device.id, ({ certificate }) => certificate !== null);
      await session(clerk);
      aheadMs = 59 * dayMs;
      await session(clerk);
      expect(readState(other.db, deviceAggregate, clerk.device.id)).toEqual(before);
      aheadMs = 61 * dayMs;
      await session(clerk);
      const after = await deviceAt(
        other,
        clerk.device.id,
        ({ certificate }) => certificate?.serial !== before.certificate?.serial,
      );
      expect(Date.parse(after.certificate?.until ?? '')).toBeGreaterThan(Date.now() + 150 * dayMs);
      // Asked for again, the same is given, and nothing more stands in the log.
      await askCertificate(openDoor(clerk.server), { agencyId: at.agencyId, device: clerk.device });
      await until('nothing is on its way', () => other.link.state().kind === 'even');
      expect(readState(other.db, deviceAggregate, clerk.device.id)).toEqual(after);
    } finally {
      await other.stop();
    }
  });

  test('with a certificate that ended nothing is taken and nothing given before it is renewed', async () => {
    aheadMs = (61 + 91) * dayMs;
    const pushed = await pushOne(clerk);
    expect(pushed).toMatchObject({ results: [], stopped: { why: 'certificate-over' } });
    expect(await codeOf(rawSession(clerk))).toBe('server.certificate-over');
    const desk = startDesk(at, clerk);
    try {
      await until('it is even with its server', () => desk.link.state().kind === 'even');
      expect(desk.faults).toEqual([]);
      expect(readState(desk.db, deviceAggregate, clerk.device.id)?.certificate?.until).toSatisfy(
        (end: string) => Date.parse(end) > Date.now() + aheadMs,
      );
    } finally {
      await desk.stop();
    }
  });

  test('away for too long, an administrator lets it in again; what it had to send goes then', async () => {
    await session(administrator);
    // The administrator comes to work now and then; the clerk's desk lies in a drawer.
    for (const days of [70, 51]) {
      aheadMs += days * dayMs;
      await session(administrator);
    }
    // It asks again every few seconds, for months: the chain does not grow by it.
    const seq = await headSeq();
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await codeOf(session(clerk))).toBe('sync.certificate-lapsed');
    }
    expect(await headSeq()).toBe(seq);
    const desk = startDesk(at, clerk);
    const office = startDesk(at, administrator);
    try {
      await until('the clerk is shut out', () => desk.link.state().kind === 'stopped');
      expect(desk.link.state()).toEqual({ kind: 'stopped', because: 'certificate-over' });
      await until('the administrator is even', () => office.link.state().kind === 'even');
      office.give('sync.letRenew', { deviceId: clerk.device.id }, true);
      await until('the clerk is back', () => desk.link.state().kind === 'even');
      expect(readState(desk.db, deviceAggregate, clerk.device.id)?.renewableUntil).toBeNull();
    } finally {
      await desk.stop();
      await office.stop();
    }
  });

  test('a desk cannot certify itself, and a revoked one is not certified', async () => {
    const own = await pushOne(clerk, 'sync.certifyDevice', {
      deviceId: clerk.device.id,
      certificate: {
        serial: 'f'.repeat(32),
        from: instantFrom(0),
        until: instantFrom(Date.now() * 2),
        certificate: 'AAAA',
        issuer: 'AAAA',
      },
    });
    expect(own.results.map(({ refusal }) => refusal?.code)).toEqual(['sync.server-only']);
    const seq = await headSeq();
    // A stranger is turned away, and leaves no trace in the chain.
    for (const text of [at.invitation('clerk'), at.invitation('administrator')]) {
      expect(await codeOf(joinAgency(text, 'máy lạ', systemClock))).toBe('sync.code-used');
    }
    expect(await headSeq()).toBe(seq);
    const stranger = newDevice(systemClock);
    const door = openDoor(clerk.server);
    expect(await codeOf(askCertificate(door, { agencyId: at.agencyId, device: stranger }))).toBe(
      'server.unknown-device',
    );
    const pretending = { id: administrator.device.id, key: stranger.key };
    expect(await codeOf(askCertificate(door, { agencyId: at.agencyId, device: pretending }))).toBe(
      'server.bad-signature',
    );
  });

  test('the root comes back with the server’s copy: certificates of before hold, and the next are of the same root', async () => {
    const before = await certificateOf(clerk);
    await running?.close();
    const restored = join(place, 'phục hồi');
    await restoreAgency({
      from: versionsIn(copies()).at(-1) ?? '',
      data: restored,
      key: readFileSync(join(at.data, 'server.key')),
      elsewhere: null,
    });
    await serveFrom(restored, null);
    // Connections to the server of before are seen to be closed.
    await new Promise((soon) => setTimeout(soon, 100));
    await session(clerk);
    expect(await certificateOf(clerk)).toEqual(before);
    aheadMs += 70 * dayMs;
    await session(clerk);
    const after = await certificateOf(clerk);
    expect([after.serial === before.serial, after.issuer === before.issuer]).toEqual([false, true]);
  });

  async function certificateOf({ device, server }: DeskIdentity) {
    const door = openDoor(server);
    const { challenge } = await door.post('/v1/challenge', {}, ChallengeReplySchema);
    const text = certificateText(at.agencyId, device.id, challenge);
    const signature = sign(null, Buffer.from(text), device.key).toString('base64');
    return door.post('/v1/certificate', { device: device.id, challenge, signature }, CertificateReplySchema);
  }

  async function rawSession({ device, server }: DeskIdentity) {
    const door = openDoor(server);
    const { challenge } = await door.post('/v1/challenge', {}, ChallengeReplySchema);
    const text = sessionText(at.agencyId, device.id, challenge);
    const signature = sign(null, Buffer.from(text), device.key).toString('base64');
    return door.post('/v1/session', { device: device.id, challenge, signature }, SessionReplySchema);
  }

  async function pushOne(one: DeskIdentity, name = 'sync.giveUp', body: unknown = {}) {
    const command = {
      id: CommandIdSchema.parse(systemClock.newId()),
      name,
      actor: one.personId,
      onBehalfOf: null,
      claimedAt: systemClock.now(),
      body,
    };
    const text = signedText(at.agencyId, one.device.id, { dseq: 2, command });
    const signature = sign(null, Buffer.from(text), one.device.key).toString('base64');
    const commands = [{ dseq: 2, command, signature }];
    const request = { version: protocolVersion, agencyId: at.agencyId, device: one.device.id, commands };
    return openDoor(one.server).post('/v1/push', request, PushReplySchema);
  }
});
