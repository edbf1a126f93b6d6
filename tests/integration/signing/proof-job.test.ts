import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documentPage } from '#electron/features/documents/pages.ts';
import { keepRevocationList } from '#electron/features/signing/trust.ts';
import { standingOf } from '#electron/features/signing/proofs/standing.ts';
import { defaultProofPolicy, type ProofPolicy } from '#shared/directory/public.ts';
import { instantFrom, type DocumentId } from '#shared/kernel/public.ts';
import { issueCertificate, issueCrl, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { levelOf, type ProofStanding } from '#shared/signing/public.ts';
import { certificateOf, today, validFrom } from '../../support/pki/office-pki.ts';
import { startResponder, type LoopbackResponder } from '../../support/pki/responder.ts';
import { timeStampers, type Stamper } from '../../support/pki/time-stampers.ts';
import { startTsa, type Tsa } from '../../support/pki/tsa.ts';
import { proofOffice, type ProofOffice } from '../../support/proof-office.ts';

let office: ProofOffice;
let responder: LoopbackResponder;
let tsa: Tsa;
const others: Tsa[] = [];

beforeEach(async () => {
  let now = () => today;
  responder = await startResponder(() => now());
  const { root, leader, seal } = responder.pki;
  office = proofOffice({ root, leader, seal }, today);
  now = office.now;
  const { certificateDer, privateKey, key } = responder.pki.timeStamper;
  tsa = await serve({ certificateDer, privateKey, chain: key.chain });
});
afterEach(async () => {
  office.remove();
  await Promise.all([responder.close(), ...others.splice(0).map((one) => one.close())]);
});

async function serve(signer: Stamper): Promise<Tsa> {
  const started = await startTsa({ stampers: timeStampers(responder.pki.issuing), signer, now: office.now });
  others.push(started);
  return started;
}

/** A service nobody remembers having failed: each test has an address of its own. */
function policy(change: Partial<ProofPolicy> = {}): ProofPolicy {
  return { service: `${tsa.url}?${randomBytes(4).toString('hex')}`, ...defaultProofPolicy, ...change };
}

function standing(): Omit<ProofStanding, 'round'> {
  return standingOf(office.open().desk);
}

function levels(): Readonly<Record<string, number>> {
  return Object.fromEntries(
    standing()
      .levels.filter(({ files }) => files > 0)
      .map(({ level, files }) => [level, files]),
  );
}

/** What the office holds of a document: the file it issued, and what proves it. */
async function heldOf(id: DocumentId) {
  const { file, proofs } = office.outgoing(id);
  const [proof] = proofs;
  if (file === null) throw new Error('It was not sealed');
  const issued = await office.bytes(file);
  const archived = proof === undefined ? null : await office.bytes(proof.file);
  return { file, issued, proof, archived };
}

function look(pdf: Uint8Array) {
  return verifyPdf(pdf, { trust: [responder.pki.root.certificateDer], at: office.now() });
}

/** The machine is offline while something is signed. */
async function sealedOffline(): Promise<DocumentId> {
  tsa.break('silent');
  const id = await office.sealed();
  tsa.break(null);
  return id;
}

const run = () => office.open().proofs.run(null);
const round = () => office.open().proofs.round();

describe('what was signed without a network', () => {
  test('is owed, and brought to its level beside the issued file once the services answer', async () => {
    office.arrange(policy());
    const id = await sealedOffline();
    const before = await heldOf(id);
    expect([levelOf(look(before.issued)), standing().owed]).toEqual(['B-B', 1]);
    await run();
    expect(round()).toMatchObject({ state: 'idle', total: 1, done: 1, failed: 0, fault: null });

    const { file, issued, proof, archived } = await heldOf(id);
    expect(file).toEqual(before.file);
    expect(Buffer.from(issued).equals(Buffer.from(before.issued))).toBe(true);
    expect(archived?.subarray(0, issued.length)).toEqual(issued);
    const report = look(archived ?? issued);
    expect([report.verdict, levelOf(report), proof?.level]).toEqual(['valid', 'B-LTA', 'B-LTA']);
    expect(proof?.renewBy).toBe(instantFrom(certificateOf(responder.pki.timeStamper).notAfterMs));
    expect([levels(), standing().owed, standing().due]).toEqual([{ 'B-LTA': 1 }, 0, 0]);

    const clerk = office.as('clerk');
    const { timeline, document } = documentPage(clerk.open.desk.db, clerk.scope, id);
    expect(document.state).toBe('sealed');
    expect(timeline.at(-1)).toMatchObject({
      type: 'documentProven',
      actor: office.as('administrator').person.id,
      body: { of: file.hash, level: 'B-LTA', byItself: true },
    });
    const seq = clerk.open.desk.log.head().seq;
    await run();
    expect([round().total, clerk.open.desk.log.head().seq]).toEqual([0, seq]);
  });

  test('is proven to its moment while nobody vouches for the certificates yet, and fully later', async () => {
    office.arrange(policy());
    const id = await sealedOffline();
    responder.break('ocsp', 'silent');
    responder.break('crl', 'silent');
    await run();
    const first = await heldOf(id);
    expect([first.proof?.level, levelOf(look(first.archived ?? first.issued))]).toEqual(['B-T', 'B-T']);
    const [failing] = standing().failing.files;
    expect(failing).toMatchObject({ notation: '01/SKHCN-VP', level: 'B-T', failures: 1 });
    expect(failing?.why).toEqual({
      code: 'signing.proof-owed',
      params: { name: 'Nguyễn Văn Ấn' },
      reasons: ['ocsp-unreachable', 'crl-unreachable'],
    });

    responder.break('ocsp', null);
    responder.break('crl', null);
    await run();
    expect(round().total).toBe(0); // put off for an hour
    await office.open().proofs.run(office.as('administrator').person.id);
    const second = await heldOf(id);
    expect(second.archived?.subarray(0, first.archived?.length)).toEqual(first.archived);
    expect([second.proof?.level, look(second.archived ?? second.issued).verdict]).toEqual(['B-LTA', 'valid']);
    expect(standing().failing.total).toBe(0);
  });

  test('is proven by the lists at hand where no place can be asked', async () => {
    office.arrange(policy());
    const id = await sealedOffline();
    responder.break('ocsp', 'silent');
    responder.break('crl', 'silent');
    const { root, issuing } = responder.pki;
    for (const ca of [root, issuing]) {
      const nextUpdate = instantFrom(Date.parse(today) + 30 * 86_400_000);
      keepRevocationList(
        office.as('administrator'),
        issueCrl({ ca, revoked: [], number: 1, at: today, nextUpdate }),
      );
    }
    await run();
    const { proof, archived, issued } = await heldOf(id);
    expect([proof?.level, levelOf(look(archived ?? issued))]).toEqual(['B-LTA', 'B-LTA']);
  });

  test('is only looked at where it stands as it should already', async () => {
    office.arrange(policy({ level: 'B-T' }));
    const id = await office.sealed();
    expect(levels()).toEqual({ 'B-B': 1 });
    await run();
    expect([levels(), (await heldOf(id)).proof]).toEqual([{ 'B-T': 1 }, undefined]);
  });

  test('waits while nothing is arranged', async () => {
    await office.sealed();
    expect([office.open().proofs.hasWork(), standing().owed]).toEqual([false, 0]);
    await expect(run()).rejects.toMatchObject({ code: 'signing.no-service-named' });
  });
});

describe('a service that does wrong', () => {
  test.each([
    'wrong-imprint',
    'replayed-nonce',
    'swapped-certificate',
    'rubbish',
    'rejection',
    'clock-ahead',
  ] as const)('is not believed, nothing is kept, and the round says why (%s)', async (fault) => {
    office.arrange(policy());
    const id = await sealedOffline();
    const seq = office.open().desk.log.head().seq;
    tsa.break(fault);
    await run();
    expect(round().fault?.code).toMatch(/^signing\.timestamp-/u);
    expect(office.open().proofs.hasWork()).toBe(false);
    expect([(await heldOf(id)).proof, office.open().desk.log.head().seq]).toEqual([undefined, seq]);
  });

  test('stops the round at once, is left alone longer each time, and asked again by hand', async () => {
    office.arrange(policy());
    await sealedOffline();
    await sealedOffline();
    tsa.break('error-page');
    const asked = tsa.asked();
    await run();
    expect([tsa.asked() - asked, round().total, round().fault?.code]).toEqual([
      1,
      2,
      'signing.service-refused',
    ]);
    const first = Date.parse(round().againAt ?? '') - Date.parse(round().endedAt ?? '');
    await run();
    const second = Date.parse(round().againAt ?? '') - Date.parse(round().endedAt ?? '');
    expect(second).toBeGreaterThan(first * 1.9);
    tsa.break(null);
    await office.open().proofs.run(office.as('administrator').person.id);
    expect([round().done, round().fault]).toEqual([2, null]);
  });
});

describe('a round', () => {
  test('that the machine’s end cuts off is gone on with, and nothing is done twice', async () => {
    office.arrange(policy());
    for (let n = 0; n < 3; n++) await sealedOffline();
    const { proofs, desk } = office.open();
    const cut = proofs.run(null);
    const before = desk.log.head().seq;
    while (desk.log.head().seq === before) await wait(1);
    // Between the validation data of the second and its time-stamp.
    const asked = responder.asked.length;
    while (responder.asked.length === asked) await wait(1);
    office.reopen();
    await cut;
    expect([levels(), standing().owed]).toEqual([{ 'B-B': 2, 'B-LTA': 1 }, 2]);
    await run();
    expect([round().done, levels()]).toEqual([2, { 'B-LTA': 3 }]);
  });

  test('is ended after the file in hand, and a second one joins the first', async () => {
    office.arrange(policy());
    for (let n = 0; n < 3; n++) await sealedOffline();
    const { proofs } = office.open();
    const first = proofs.run(null);
    expect(proofs.run(null)).toBe(first);
    proofs.cancel();
    expect(proofs.round().state).toBe('stopping');
    await first;
    expect(proofs.round()).toMatchObject({ state: 'idle', total: 3 });
    expect(proofs.round().done).toBeLessThan(3);
  });

  test('goes on past a file that cannot be helped', async () => {
    office.arrange(policy());
    const ids = [await sealedOffline(), await sealedOffline()];
    const { file } = office.outgoing(ids[0] ?? (ids[1] as DocumentId));
    office.spoil(file?.hash ?? '');
    await run();
    expect(round()).toMatchObject({ total: 2, done: 1, failed: 1, fault: null });
    expect(standing().failing.files.map(({ why }) => why.code)).toEqual(['store.blob-damaged']);
  });

  test('by itself needs somebody who answers for it', async () => {
    office.arrange(policy());
    await sealedOffline();
    office.describe('administrator', 'clerk', { roles: ['clerk', 'administrator'] });
    office.describe('clerk', 'administrator', { roles: ['officer'] });
    await run();
    expect(round().fault).toMatchObject({ code: 'signing.arranger-gone' });
    expect(levels()).toEqual({ 'B-B': 1 });
  });
});

describe('years later', () => {
  /** Another service of the same authority, whose list tells whether it is revoked. */
  async function laterTsa(): Promise<Tsa> {
    const { crlUrls } = certificateOf(responder.pki.leader);
    const issued = issueCertificate({
      ca: responder.pki.issuing,
      commonName: 'TSA 2028',
      organisation: 'Cục Chứng thực số',
      role: 'time-stamping',
      validFrom,
      years: 9,
      keyType: 'p-256',
      services: { crlUrl: crlUrls[0] ?? '' },
    });
    const { certificateDer, privateKey, key } = issued;
    return serve({ certificateDer, privateKey, chain: key.chain });
  }

  test('what grows old is renewed within the margin, and is valid long after every certificate ran out', async () => {
    office.arrange(policy());
    const id = await office.sealed();
    await run();
    const first = await heldOf(id);
    office.setNow('2028-09-01T02:00:00.000Z');
    expect([standing().due, office.open().proofs.hasWork()]).toEqual([0, false]);
    office.setNow('2028-11-20T02:00:00.000Z');
    const later = await laterTsa();
    office.arrange(policy({ service: later.url }));
    expect([standing().due, office.open().proofs.hasWork()]).toEqual([1, true]);
    await run();
    const renewed = await heldOf(id);
    expect([round().done, standing().due, renewed.proof?.level]).toEqual([1, 0, 'B-LTA']);
    expect(renewed.archived?.subarray(0, first.archived?.length)).toEqual(first.archived);
    office.setNow('2030-05-02T02:00:00.000Z');
    expect(look(renewed.archived ?? renewed.issued).verdict).toBe('valid');
    expect(look(first.archived ?? first.issued).verdict).not.toBe('valid');
  });

  test('what nobody vouches for any more is renewed at the last moment only', async () => {
    office.arrange(policy());
    const id = await office.sealed();
    await run();
    const first = await heldOf(id);
    responder.break('ocsp', 'silent');
    responder.break('crl', 'silent');
    office.setNow('2028-11-20T02:00:00.000Z');
    const later = await laterTsa();
    office.arrange(policy({ service: later.url }));
    await run();
    expect([round().failed, (await heldOf(id)).proof]).toEqual([1, first.proof]);
    office.setNow('2028-12-28T02:00:00.000Z');
    await office.open().proofs.run(office.as('administrator').person.id);
    expect((await heldOf(id)).proof?.file.size).toBeGreaterThan(first.proof?.file.size ?? 0);
  });
});
