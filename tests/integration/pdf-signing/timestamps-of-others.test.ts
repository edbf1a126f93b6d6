import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instantFrom } from '#shared/kernel/public.ts';
import type { Ask } from '#shared/node/pdf-signing/public.ts';
import { askTimestamp } from '#shared/node/pdf-signing/evidence/timestamp.ts';
import { pem } from '../../support/pem.ts';
import { timeStampers, type Stamper, type TimeStampers } from '../../support/pki/time-stampers.ts';
import { signingOffice } from '../../support/signing-office.ts';

let folder = '';
let stampers: TimeStampers;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-ts-'));
  stampers = timeStampers(signingOffice().ca);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The settings of a service that openssl runs; it stamps with the machine's own clock. */
function settings(digests: string, essHash: string): string {
  return [
    '[tsa]',
    'default_tsa = one',
    '[one]',
    'serial = serial',
    'default_policy = 1.2.3.4.1',
    `digests = ${digests}`,
    'accuracy = secs:1, millisecs:500, microsecs:100',
    'clock_precision_digits = 3',
    'ordering = yes',
    'tsa_name = yes',
    `ess_cert_id_alg = ${essHash}`,
    '',
  ].join('\n');
}

/** Has openssl answer, as a service would that is not ours. */
function opensslAs(signer: Stamper, digests = 'sha256', essHash = 'sha256'): Ask {
  const keep = (name: string, bytes: string | Uint8Array): void => writeFileSync(join(folder, name), bytes);
  keep('serial', '01\n');
  keep('tsa.cnf', settings(digests, essHash));
  keep('tsa.pem', pem('CERTIFICATE', signer.certificateDer));
  keep('tsa.key', signer.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return ({ body }) => {
    keep('query.tsq', body);
    const how = 'ts -reply -config tsa.cnf -queryfile query.tsq -signer tsa.pem -inkey tsa.key -sha256';
    execFileSync('openssl', [...how.split(' '), '-out', 'reply.tsr'], { cwd: folder, stdio: 'ignore' });
    return Promise.resolve(readFileSync(join(folder, 'reply.tsr')));
  };
}

function stamp(ask: Ask): Promise<Uint8Array> {
  const service = { url: 'http://tsa', ask, newNonce: () => Buffer.from('fedcba9876543210', 'hex') };
  return askTimestamp([Buffer.from('một chữ ký')], service, instantFrom(Date.now()));
}

describe('a time-stamp another program makes', () => {
  test.each([
    ['onRsa', 'sha256'],
    ['onP256', 'sha256'],
    ['onP256', 'sha1'],
  ] as const)(
    'is believed, whichever of the two ways it names its certificate (%s, %s)',
    async (who, essHash) => {
      expect((await stamp(opensslAs(stampers[who], 'sha256', essHash))).length).toBeGreaterThan(500);
    },
  );

  test('is refused in the words of that program', async () => {
    await expect(stamp(opensslAs(stampers.onRsa, 'sha512'))).rejects.toMatchObject({
      code: 'signing.timestamp-refused',
      params: { words: expect.stringContaining('badAlg') },
    });
  });
});
