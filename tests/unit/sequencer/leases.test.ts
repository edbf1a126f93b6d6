import { describe, expect, test } from 'vitest';
import { openLease } from '#shared/documents/public.ts';
import type { DeviceId, LogEntry } from '#shared/kernel/public.ts';
import { aLeaseId, openLeaseOffice } from '../../support/lease-office.ts';
import { numberFaults } from '../../support/number-faults.ts';

type Office = ReturnType<typeof openLeaseOffice>;

function lease(office: Office, desk: DeviceId, over: object = {}, n = 1): LogEntry {
  const body = { leaseId: aLeaseId(n), deviceId: desk, book: 'arrivals', count: 5, hours: 24, ...over };
  return office.send('clerk', 'sync.leaseNumbers', body, desk);
}

function use(office: Office, desk: DeviceId, number: number, n = 1): LogEntry {
  const leased = { leaseId: aLeaseId(n), year: 2026, number };
  return office.send('clerk', 'documents.registerIncoming', { ...office.letter(), leased }, desk);
}

const next = (office: Office) => office.send('clerk', 'documents.registerIncoming', office.letter());
const codeOf = ({ refusal }: LogEntry) => refusal?.code ?? null;
const numberOf = ({ acts }: LogEntry) =>
  (acts.find(({ type }) => type === 'numberGiven')?.body as { number: number } | undefined)?.number;
const voidsOf = ({ acts }: LogEntry) =>
  acts.filter(({ type }) => type === 'numberVoided').map(({ body }) => (body as { number: number }).number);

const nameOf = (desk: DeviceId, n = 1) => ({
  leaseId: aLeaseId(n),
  deviceId: desk,
  book: 'arrivals',
  year: 2026,
});

describe('a block of numbers', () => {
  test('is not given before an administrator allows it, and not larger or longer than allowed', () => {
    const office = openLeaseOffice();
    const desk = office.enrol('clerk');
    expect(codeOf(lease(office, desk, { count: 21 }))).toBe('sync.lease-too-large');
    expect(codeOf(lease(office, desk, { hours: 24 * 7 + 1 }))).toBe('sync.lease-too-large');
    expect(codeOf(lease(office, desk, { book: 'copies' }))).toBe('sync.lease-unknown-book');
    office.must(office.send('administrator', 'directory.arrangeLeasing', { leasing: null }));
    expect(codeOf(lease(office, desk))).toBe('sync.leasing-off');
  });

  test('is for a clerk’s desk: the clerk’s own, or one that an administrator names', () => {
    const office = openLeaseOffice();
    const [own, other, heads] = [office.enrol('clerk'), office.enrol('clerk'), office.enrol('head')];
    const body = { leaseId: aLeaseId(1), deviceId: other, book: 'arrivals', count: 5, hours: 24 };
    expect(codeOf(office.send('clerk', 'sync.leaseNumbers', body, own))).toBe('sync.lease-own-desk');
    const forHead = { ...body, deviceId: heads };
    expect(codeOf(office.send('administrator', 'sync.leaseNumbers', forHead))).toBe('sync.lease-for-clerk');
    expect(codeOf(office.send('administrator', 'sync.leaseNumbers', body))).toBeNull();
    expect(codeOf(lease(office, own, {}, 2))).toBe('sync.lease-open');
  });

  test('is set aside: the server goes on after it, and its desk gives its numbers in any order', () => {
    const office = openLeaseOffice();
    const desk = office.enrol('clerk');
    expect(numberOf(next(office))).toBe(1);
    office.must(lease(office, desk));
    expect(numberOf(next(office))).toBe(7);
    expect(numberOf(use(office, desk, 4))).toBe(4);
    expect(numberOf(use(office, desk, 2))).toBe(2);
    expect(codeOf(use(office, desk, 4))).toBe('documents.lease-number-used');
    expect(codeOf(use(office, desk, 7))).toBe('documents.lease-outside');
    expect(codeOf(use(office, office.enrol('clerk'), 3))).toBe('documents.lease-of-another-desk');
    expect(codeOf(use(office, desk, 3, 9))).toBe('documents.lease-unknown');
    const given = office.send('clerk', 'sync.returnLease', nameOf(desk), desk);
    expect(voidsOf(given)).toEqual([3, 5, 6]);
    expect(codeOf(use(office, desk, 3))).toBe('documents.lease-returned');
    expect(numberOf(next(office))).toBe(8);
    expect(numberFaults(office.entries())).toEqual([]);
  });

  test('that ran out gives nothing any more, though nobody has ended it yet', () => {
    const office = openLeaseOffice();
    const desk = office.enrol('clerk');
    office.must(lease(office, desk, { hours: 1 }));
    office.pass(60);
    expect(numberOf(use(office, desk, 1))).toBe(1);
    office.pass(1);
    // Whatever the desk says about when it was.
    office.claimAt(-30);
    expect(codeOf(use(office, desk, 2))).toBe('documents.lease-over');
    office.claimAt(null);
    expect(openLease(office.register())?.ended).toBeNull();
    expect(numberOf(next(office))).toBe(6);
    const early = office.send('administrator', 'sync.expireLease', nameOf(desk));
    expect(voidsOf(early)).toEqual([2, 3, 4, 5]);
    expect(codeOf(use(office, desk, 2))).toBe('documents.lease-over');
    expect(codeOf(office.send('administrator', 'sync.expireLease', nameOf(desk)))).toBe(
      'documents.lease-over',
    );
    expect(numberFaults(office.entries())).toEqual([]);
  });

  test('that ran out is ended on the way by the next one of its register', () => {
    const office = openLeaseOffice();
    const [first, second] = [office.enrol('clerk'), office.enrol('clerk')];
    office.must(lease(office, first, { hours: 1 }));
    expect(codeOf(office.send('clerk', 'sync.expireLease', nameOf(first)))).toBe('sync.lease-not-over');
    office.pass(61);
    const given = lease(office, second, {}, 2);
    expect(voidsOf(given)).toEqual([1, 2, 3, 4, 5]);
    expect(numberOf(use(office, second, 6, 2))).toBe(6);
    expect(numberFaults(office.entries())).toEqual([]);
  });

  test('is voided with a reason when its desk is lost, and goes with a desk that is revoked', () => {
    const office = openLeaseOffice();
    const [lost, revoked] = [office.enrol('clerk'), office.enrol('clerk')];
    office.must(lease(office, lost));
    const name = { ...nameOf(lost), reason: 'Mất máy' };
    expect(voidsOf(office.send('administrator', 'sync.voidLease', name))).toEqual([1, 2, 3, 4, 5]);
    expect(codeOf(use(office, lost, 1))).toBe('documents.lease-voided');
    office.must(lease(office, revoked, {}, 2));
    office.must(use(office, revoked, 6, 2));
    const gone = office.send('administrator', 'sync.revokeDevice', { deviceId: revoked, reason: 'Hỏng' });
    expect(voidsOf(gone)).toEqual([7, 8, 9, 10]);
    expect(office.register()?.leases?.map(({ ended }) => [ended?.how, ended?.reason])).toEqual([
      ['voided', 'Mất máy'],
      ['revoked', 'Hỏng'],
    ]);
    expect(numberFaults(office.entries())).toEqual([]);
  });

  test('never reaches into the next year: there its late number is of no register any more', () => {
    const office = openLeaseOffice();
    const desk = office.enrol('clerk');
    // Half past eleven at night on 31 December in Vietnam.
    office.pass((Date.parse('2026-12-31T16:30:00.000Z') - Date.parse(office.now())) / 60_000);
    office.must(lease(office, desk));
    expect(openLease(office.register())?.until).toBe('2026-12-31T16:59:59.999Z');
    expect(numberOf(use(office, desk, 1))).toBe(1);
    office.pass(60);
    expect(codeOf(use(office, desk, 2))).toBe('documents.lease-over');
    expect(numberOf(next(office))).toBe(1);
    expect(numberFaults(office.entries())).toEqual([]);
  });

  test('gives the day the desk says, as far as the server can vouch for it', () => {
    const office = openLeaseOffice();
    const desk = office.enrol('clerk');
    office.must(lease(office, desk, { hours: 24 * 5 }));
    office.pass(60 * 24 * 2);
    const dayOf = ({ acts }: LogEntry) =>
      acts.flatMap(({ type, body }) =>
        type === 'incomingRegistered' ? [(body as { arrival: { day: string } }).arrival.day] : [],
      );
    office.claimAt(-60 * 24);
    expect(dayOf(use(office, desk, 1))).toEqual(['2026-11-24']);
    office.claimAt(-60 * 24 * 400);
    expect(dayOf(use(office, desk, 2))).toEqual(['2026-11-23']);
    office.claimAt(60 * 24 * 400);
    expect(dayOf(use(office, desk, 3))).toEqual(['2026-11-25']);
  });
});
