import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExchangeMessage } from '#shared/exchange/public.ts';
import {
  contentOf,
  judgeMessageSignature,
  readMessage,
  signMessage,
  writeMessage,
  zipped,
} from '#shared/node/edxml/public.ts';
import { noEvidence, signerKeyFrom, type SignerKey } from '#shared/node/pdf-signing/public.ts';
import {
  aDocumentMessage,
  aStatusMessage,
  attachmentOf,
  lenient,
  paper,
} from '../../support/edxml/messages.ts';
import { xmlSigner } from '../../support/edxml/signed.ts';
import { pem } from '../../support/pem.ts';
import { signedAt, signingOffice, type SigningOffice } from '../../support/signing-office.ts';

let office: SigningOffice;
beforeAll(() => {
  office = signingOffice();
});

function keyOf(keyType: 'rsa-2048' | 'p-256'): SignerKey {
  const { privateKey, certificate } = xmlSigner(office, { keyType });
  return signerKeyFrom(createPrivateKey(privateKey), certificate, [office.ca.certificateDer]);
}

async function signedBytes(message: ExchangeMessage, key: SignerKey): Promise<Buffer> {
  const content = () => [paper];
  const signature = await signMessage(message, content, key);
  return Buffer.concat([...writeMessage(message, lenient, content, signature)]);
}

function judged(bytes: Buffer) {
  const { signature } = readMessage(bytes);
  const question = { trust: [office.ca.certificateDer], evidence: noEvidence, at: signedAt };
  const { integrity, trust, reasons } = judgeMessageSignature(signature, question);
  return { integrity, trust, reasons };
}

const letter = aDocumentMessage({
  subject: 'V/v “kết nối” & liên thông <phần\r mềm> ]]>',
  attachments: [attachmentOf(paper)],
});

describe('a message that is signed as it is written', () => {
  test.each(['rsa-2048', 'p-256'] as const)(
    'is found whole by the reader, with a %s key',
    async (keyType) => {
      for (const message of [letter, aStatusMessage()]) {
        const bytes = await signedBytes(message, keyOf(keyType));
        expect(readMessage(bytes).message).toEqual(message);
        expect(judged(bytes)).toMatchObject({ integrity: 'intact' });
      }
    },
  );

  test('is found good by somebody else’s program, and broken where one letter was changed', async () => {
    const key = keyOf('rsa-2048');
    for (const message of [letter, aStatusMessage()]) {
      const text = (await signedBytes(message, key)).toString('utf8');
      expect(isGood(text, key)).toBe(true);
      const changed = text.replace('</edXML:OrganName>', 'x</edXML:OrganName>');
      expect([changed === text, isGood(changed, key), judged(Buffer.from(changed)).integrity]).toEqual([
        false,
        false,
        'broken',
      ]);
    }
  });

  test('has the same bytes each time it is written under the same signature', async () => {
    const key = keyOf('rsa-2048');
    const [once, again] = [await signedBytes(letter, key), await signedBytes(letter, key)];
    expect(once.equals(again)).toBe(true);
  });
});

/** As xml-crypto says, which is nothing of ours. */
function isGood(text: string, key: SignerKey): boolean {
  const tree = new DOMParser().parseFromString(text, 'text/xml');
  const node = tree.getElementsByTagName('Signature').item(0);
  if (node === null) throw new Error('No signature');
  const judge = new SignedXml({ publicCert: pem('CERTIFICATE', key.certificate) });
  judge.loadSignature(node);
  try {
    return judge.checkSignature(text);
  } catch {
    return false;
  }
}

describe('an attachment in a zip', () => {
  const nameBytes = Buffer.byteLength('công văn số 15.pdf');
  const wrapped = zipped('công văn số 15.pdf', paper);

  test('is the file again, by the name the message gives it', () => {
    const zip = attachmentOf(wrapped, { contentType: 'application/zip' });
    expect(contentOf(zip, wrapped)).toEqual({ name: 'văn bản.pdf', type: '', bytes: new Uint8Array(paper) });
    const { name } = contentOf({ ...zip, name: 'tep.zip' }, wrapped);
    expect(name).toBe('công văn số 15.pdf');
  });

  test('is opened by other programs, and made the same each time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'antin-zip-'));
    try {
      const path = join(folder, 'a.zip');
      writeFileSync(path, wrapped);
      const script =
        'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), z.namelist()[0])';
      expect(execFileSync('python3', ['-c', script, path], { encoding: 'utf8' }).trim()).toBe(
        'None công văn số 15.pdf',
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    expect(Buffer.from(zipped('công văn số 15.pdf', paper)).equals(Buffer.from(wrapped))).toBe(true);
  });

  test('that is damaged, or says it is smaller than it is, is refused', () => {
    for (const [at, value] of [
      [30 + nameBytes + 10, 0xff],
      [wrapped.length - 22 - 46 - nameBytes + 24, 1],
    ] as const) {
      const spoilt = Buffer.from(wrapped);
      spoilt[at] = (spoilt[at] ?? 0) ^ value;
      expect(() => contentOf(attachmentOf(spoilt, { contentType: 'application/zip' }), spoilt)).toThrow(
        'edxml.bad-zip',
      );
    }
  });
});
