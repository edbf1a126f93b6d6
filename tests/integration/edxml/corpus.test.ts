import { readdirSync, readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { InstantSchema } from '#shared/kernel/public.ts';
import { judgeMessageSignature, readMessage, writeMessage } from '#shared/node/edxml/public.ts';
import { noEvidence } from '#shared/node/pdf-signing/public.ts';
import { corpusPath } from '../../support/corpus.ts';
import { lenient } from '../../support/edxml/messages.ts';
import { truth } from '../../support/edxml/truth.ts';

const folder = corpusPath('edxml');
const samples = readdirSync(folder).filter((name) => name.endsWith('.edxml'));

function sample(name: string): Buffer {
  return readFileSync(corpusPath('edxml', name));
}

function read(bytes: Uint8Array) {
  const contents: Buffer[] = [];
  const message = readMessage(bytes, {
    sinkFor: (index) => ({
      write: (piece) => {
        contents[index] = Buffer.concat([contents[index] ?? Buffer.alloc(0), piece]);
      },
      end: () => undefined,
    }),
  });
  return { ...message, contents };
}

/** The names of a message's elements in order, a signature and the values left out. */
function namesIn(bytes: Buffer): readonly string[] {
  const names: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  let signed = 0;
  parser.on('opentag', ({ name, uri, local }) => {
    if (local === 'Signature' || signed > 0) signed += 1;
    else names.push(`${name} ${uri}`);
  });
  parser.on('closetag', () => {
    if (signed > 0) signed -= 1;
  });
  parser.write(bytes.toString('utf8').replace(/^[^<]*/, '')).close();
  return names;
}

describe('the samples of the national axis', () => {
  test('are all known here', () => {
    expect(samples.toSorted()).toEqual(Object.keys(truth).toSorted());
  });

  test.each(samples)('%s says what was read out of it by hand, and nothing is left over', (name) => {
    const { message, notes, isComplete } = read(sample(name));
    expect(message).toEqual(truth[name]);
    // Four digits stand before one of them, as a transport left them there.
    const odd = name === 'edoc_new.edxml' ? [{ code: 'junk-before', where: '0–4' }] : [];
    expect([notes, isComplete]).toEqual([odd, true]);
  });

  test.each(samples)('%s is written with the same elements in the same order and namespaces', (name) => {
    const { message, contents } = read(sample(name));
    const ours = Buffer.concat([
      ...writeMessage(message, lenient, (_, index) => [contents[index] ?? Buffer.alloc(0)]),
    ]);
    expect(namesIn(ours)).toEqual(namesIn(sample(name)));
    expect(read(ours).message).toEqual(message);
  });

  test('carry signatures of no worth: SHA-1, a digest of something else, a certificate that is none', () => {
    const at = InstantSchema.parse('2018-10-01T00:00:00.000Z');
    for (const name of ['edoc_new.edxml', 'edoc_revocation.edxml']) {
      const { signature } = read(sample(name));
      expect(judgeMessageSignature(signature, { trust: [], evidence: noEvidence, at })).toMatchObject({
        verdict: 'invalid',
        integrity: 'broken',
        reasons: ['signature-namespace', 'weak-algorithm', 'digest-mismatch', 'certificate-unreadable'],
      });
    }
  });
});
