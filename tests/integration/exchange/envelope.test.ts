import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { letterName, signedBytes, type Envelope } from '#shared/exchange/public.ts';
import { AppError, HashSchema } from '#shared/kernel/public.ts';
import { openBlobs, type Blobs } from '#shared/node/blobs/public.ts';
import {
  digestOf,
  isSignedBy,
  letterBytes,
  makeIdentity,
  openCover,
  openIdentity,
  openPart,
  sealCover,
  sealPart,
  signAs,
  type Content,
  type ExchangeIdentity,
} from '#shared/node/exchange/public.ts';
import { ids, mondayMorning } from '../../support/builders.ts';
import { aLetter, consignmentId } from '../../support/exchange.ts';

const dataKey = randomBytes(32);
const at = Date.parse(mondayMorning) + 1000;
let home: string;
let sender: ExchangeIdentity;
let receiver: ExchangeIdentity;
let stranger: ExchangeIdentity;
let files: Blobs;
const secret = randomBytes(32);
let sealed: Blobs;
let taken: Blobs;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'Ấn Tín bì thư '));
  const named = (name: string) => openIdentity(makeIdentity(name, mondayMorning, dataKey), dataKey);
  [sender, receiver, stranger] = [named('Sở A'), named('Xã B'), named('Người lạ')];
  const blobs = (name: string) => openBlobs({ folder: join(home, name), dataKey });
  [files, sealed, taken] = [blobs('files'), blobs('sealed'), blobs('taken')];
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const letter = aLetter();

async function anEnvelope(payload: Envelope['payload'] = []): Promise<Content & { what: 'envelope' }> {
  const bytes = letterBytes(letter);
  const signed: Envelope = {
    version: 1,
    id: consignmentId(),
    from: ids.agency(),
    to: ids.agency(),
    channel_seq: 1,
    kind: 'new',
    refs: [],
    payload: [
      {
        name: letterName,
        sha256: HashSchema.parse(createHash('sha256').update(bytes).digest('hex')),
        size: bytes.length,
      },
      ...payload,
    ],
    created: mondayMorning,
    policy: { access: 'internal', expires: null },
  };
  const signature = await signAs(sender, 'envelope', signed);
  return { what: 'envelope', signed, signature, letter, parts: [] };
}

function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/gu) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function keep(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(home, name), bytes);
  return join(home, name);
}

function openssl(...args: string[]): Buffer {
  return execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

const codeOf = (error: unknown) => (error instanceof AppError ? error.code : String(error));

describe('an envelope, checked by openssl without us', () => {
  test('its signature is right for openssl', async () => {
    const { signed, signature } = await anEnvelope();
    const out = openssl(
      'cms', '-verify', '-binary', '-inform', 'DER', '-purpose', 'any', '-attime', String(at / 1000),
      '-in', keep('signature.der', Buffer.from(signature, 'base64')),
      '-content', keep('envelope.txt', signedBytes('envelope', signed)),
      '-CAfile', keep('authority.pem', pem('CERTIFICATE', sender.authority)),
    ); // prettier-ignore
    expect(out.toString()).toBe(Buffer.from(signedBytes('envelope', signed)).toString());
  });

  test('its cover is opened by openssl with the recipient’s key', async () => {
    const content = await anEnvelope();
    const cover = keep('cover.der', await sealCover(content, receiver.sealing.certificate));
    const key = receiver.sealing.key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const out = openssl(
      'cms', '-decrypt', '-binary', '-inform', 'DER', '-in', cover,
      '-recip', keep('recipient.pem', pem('CERTIFICATE', receiver.sealing.certificate)),
      '-inkey', keep('recipient.key', key),
    ); // prettier-ignore
    expect(JSON.parse(out.toString())).toEqual(content);
  });

  test('a part is opened by openssl with the key its cover names', async () => {
    const bytes = randomBytes(300_000);
    const { hash, size } = await files.put(bytes);
    const part = await sealPart(files, sealed, { place: 1, hash, size, secret });
    const out = join(home, 'part.out');
    openssl(
      'cms', '-decrypt', '-binary', '-inform', 'DER',
      '-in', keep('part.der', await sealed.read(part.hash, 0, part.size)), '-out', out,
      '-secretkey', Buffer.from(part.key, 'base64').toString('hex'),
      '-secretkeyid', Buffer.from(part.name, 'base64').toString('hex'),
    ); // prettier-ignore
    expect(readFileSync(out).equals(bytes)).toBe(true);
  });
});

describe('an envelope between two agencies', () => {
  test('comes out as it went in, and its sender is proven', async () => {
    const content = await anEnvelope();
    const opened = await openCover(await sealCover(content, receiver.sealing.certificate), receiver);
    expect(opened).toEqual(content);
    expect(isSignedBy(opened, sender.authority, at)).toBeNull();
    expect(digestOf('envelope', content.signed)).toBe(
      createHash('sha256').update(signedBytes('envelope', content.signed)).digest('hex'),
    );
  });

  test('nobody else opens it', async () => {
    const cover = await sealCover(await anEnvelope(), receiver.sealing.certificate);
    await expect(openCover(cover, stranger).catch(codeOf)).resolves.toBe('exchange.not-for-us');
  });

  test('a forged sender is found out', async () => {
    const content = await anEnvelope();
    expect(isSignedBy(content, stranger.authority, at)).toBe('other-authority');
    const altered = { ...content, signed: { ...content.signed, to: ids.agency() } };
    expect(isSignedBy(altered, sender.authority, at)).toBe('digest-mismatch');
    const receipt = { ...content, what: 'receipt' } as unknown as Content;
    expect(isSignedBy(receipt, sender.authority, at)).toBe('digest-mismatch');
  });

  test('a signature counts only while its certificate does', async () => {
    const content = await anEnvelope();
    expect(isSignedBy(content, sender.authority, Date.parse('2040-01-01T00:00:00Z'))).toBe('out-of-time');
  });

  test('every single byte of a cover counts', async () => {
    const cover = Buffer.from(await sealCover(await anEnvelope(), receiver.sealing.certificate));
    const refused = new Set<string>();
    for (let place = 0; place < cover.length; place += Math.max(1, Math.floor(cover.length / 100))) {
      const spoilt = Buffer.from(cover);
      spoilt[place] = (spoilt[place] ?? 0) ^ 0x01;
      refused.add(await openCover(spoilt, receiver).then(() => 'opened', codeOf));
    }
    expect([...refused].filter((code) => !code.startsWith('exchange.'))).toEqual([]);
    await expect(openCover(cover.subarray(0, -1), receiver).catch(codeOf)).resolves.toBe(
      'exchange.other-sealing',
    );
    await expect(openCover(Buffer.concat([cover, Buffer.of(0)]), receiver).catch(codeOf)).resolves.toBe(
      'exchange.other-sealing',
    );
  });

  test('a weaker way of sealing is refused unread', async () => {
    const plain = keep('plain.json', JSON.stringify(await anEnvelope()));
    const recipient = keep('recipient2.pem', pem('CERTIFICATE', receiver.sealing.certificate));
    const ways = [['-aes-128-cbc'], ['-aes-256-cbc'], ['-aes-128-gcm'], ['-aes-256-gcm']];
    for (const way of ways) {
      // The last is the right cipher under a key wrapped the old way (PKCS#1 v1.5).
      const weak = openssl('cms', '-encrypt', '-binary', '-outform', 'DER', ...way, '-in', plain, recipient);
      await expect(openCover(weak, receiver).catch(codeOf), way.join(' ')).resolves.toMatch(
        /^exchange[.](?:other-sealing|not-for-us)$/u,
      );
    }
  });

  test('a signature made with SHA-1 is refused', async () => {
    const { signed } = await anEnvelope();
    const content = keep('signed.txt', signedBytes('envelope', signed));
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      join(home, 'w.key'),
      '-out',
      join(home, 'w.pem'),
      '-subj',
      '/CN=w',
      '-days',
      '3650',
    );
    const weak = openssl(
      'cms',
      '-sign',
      '-binary',
      '-md',
      'sha1',
      '-outform',
      'DER',
      '-in',
      content,
      '-signer',
      join(home, 'w.pem'),
      '-inkey',
      join(home, 'w.key'),
    );
    const signature = weak.toString('base64');
    const all: Content = { what: 'envelope', signed, signature, letter, parts: [] };
    expect(isSignedBy(all, sender.authority, at)).toBe('other-algorithm');
  });

  test('a large file travels as the very bytes it was, in the memory of a few pieces', async () => {
    const chunk = randomBytes(1024 * 1024);
    async function* many() {
      for (let n = 0; n < 12; n += 1) yield chunk;
      yield chunk.subarray(0, 777);
    }
    const { hash, size } = await files.putStream(many(), { limitBytes: 100 * 1024 * 1024 });
    const part = await sealPart(files, sealed, { place: 1, hash, size, secret });
    await openPart(sealed, taken, { part, payload: { name: 'so-lieu.zip', sha256: hash, size } });
    expect(await taken.verify(hash)).toBe(true);
  });

  test('a part that was lost is sealed again with the same bytes, by whoever has the server’s secret', async () => {
    const { hash, size } = await files.put(randomBytes(5000));
    const part = await sealPart(files, sealed, { place: 1, hash, size, secret });
    sealed.remove(part.hash);
    expect(await sealPart(files, sealed, { place: 1, hash, size, secret })).toEqual(part);
    const others = await sealPart(files, sealed, { place: 1, hash, size, secret: randomBytes(32) });
    const another = await files.put(randomBytes(5000));
    const next = await sealPart(files, sealed, { place: 1, ...another, secret });
    expect(new Set([part.hash, others.hash, next.hash]).size).toBe(3);
    expect(new Set([part.name, others.name, next.name]).size).toBe(3);
    expect(new Set([part.key, others.key, next.key]).size).toBe(3);
  });

  test('a part that holds something else is refused, and not kept', async () => {
    const { hash, size } = await files.put(randomBytes(5000));
    const other = await files.put(randomBytes(5000));
    const part = await sealPart(files, sealed, { place: 1, hash: other.hash, size: other.size, secret });
    const payload = { name: 'a.pdf', sha256: hash, size };
    await expect(openPart(sealed, taken, { part, payload }).catch(codeOf)).resolves.toBe(
      'store.blob-damaged',
    );
    const wrongKey = { ...part, key: Buffer.alloc(32).toString('base64') };
    await expect(openPart(sealed, taken, { part: wrongKey, payload }).catch(codeOf)).resolves.toBe(
      'exchange.not-for-us',
    );
    expect(taken.all()).not.toContain(hash);
    expect(taken.all()).not.toContain(other.hash);
  });
});
