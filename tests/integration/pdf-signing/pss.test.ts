import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkCms } from '#shared/node/pdf-signing/cms/check-cms.ts';
import { readSignedData } from '#shared/node/pdf-signing/cms/read-cms.ts';

const content = Buffer.from('một văn bản');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-pss-'));
  writeFileSync(join(folder, 'content'), content);
  openssl('req -x509 -newkey rsa:4096 -nodes -keyout key.pem -subj /CN=An -days 30 -out certificate.pem');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function openssl(command: string): void {
  execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'pipe' });
}

/** Has another program sign with RSASSA-PSS under the given parameters. */
function signedWith(options: string): Uint8Array {
  const how = 'cms -sign -binary -in content -signer certificate.pem -inkey key.pem -outform DER -out x.der';
  openssl(`${how} -keyopt rsa_padding_mode:pss ${options}`);
  return readFileSync(join(folder, 'x.der'));
}

describe('RSASSA-PSS of another program', () => {
  test.each([
    ['one hash for all', '-md sha256 -keyopt rsa_pss_saltlen:32'],
    ['a mask of another hash', '-md sha256 -keyopt rsa_mgf1_md:sha512 -keyopt rsa_pss_saltlen:32'],
    ['a mask of SHA-1, as where nothing is said', '-md sha384 -keyopt rsa_mgf1_md:sha1'],
    [
      'a salt longer than a byte can tell',
      '-md sha256 -keyopt rsa_mgf1_md:sha512 -keyopt rsa_pss_saltlen:478',
    ],
  ])('is checked with %s', (_what, options) => {
    const cms = readSignedData(signedWith(options));
    expect(checkCms(cms, [content])).toMatchObject({ intact: true, strong: true, reasons: [] });
    expect(checkCms(cms, [content, Buffer.of(0)])).toMatchObject({ intact: false });
    const signature = Buffer.from(cms.signature);
    signature[9] = (signature[9] ?? 0) ^ 1;
    expect(checkCms({ ...cms, signature }, [content])).toMatchObject({ reasons: ['signature-wrong'] });
  });
});
