import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { extractFile, type ExtractedFile } from '#shared/node/pdf-text/public.ts';
import { corpusPath } from '#tests/support/corpus.ts';
import { readTruth, type Truth } from '#tests/support/truth-table.ts';

type Read = Readonly<{ truth: Truth; found: ExtractedFile; ends: ExtractedFile }>;
const read: Read[] = [];
const isScan = ({ truth }: Read) => truth['file']?.startsWith('aip_') === true;

const shown: Readonly<Record<string, (found: ExtractedFile) => string | null>> = {
  notation: (found) => found.notation,
  issued_on: (found) => found.issuedOn,
  issuer: (found) => found.issuer,
  superior: (found) => found.superior,
  kind: (found) => found.kind,
  subject: (found) => found.subject,
  signer: (found) => found.signer.name,
  signer_post: (found) => found.signer.post,
};

beforeAll(async () => {
  for (const truth of readTruth()) {
    const bytes = readFileSync(corpusPath('incoming', truth['file'] ?? ''));
    read.push({ truth, found: await extractFile(bytes), ends: await extractFile(bytes, { which: 'ends' }) });
  }
}, 120_000);

const plain = (text: string | null | undefined) =>
  (text ?? '').normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();

function rightShare(field: string): { share: number; wrong: string[] } {
  const files = read.filter((one) => !isScan(one));
  const value = shown[field];
  const wrong = files.filter(({ truth, found }) => plain(value?.(found)) !== plain(truth[field]));
  return { share: 1 - wrong.length / files.length, wrong: wrong.map(({ truth }) => truth['file'] ?? '') };
}

describe('papers made on a computer', () => {
  // One of the 23 has its whole first page as a picture; what is asserted is what is reached without reading pictures.
  it.each(['notation', 'issued_on', 'issuer', 'kind', 'subject', 'signer', 'signer_post', 'superior'])(
    'say their %s in at least 95 of 100',
    (field) => {
      const { share, wrong } = rightShare(field);
      expect(share, wrong.join(', ')).toBeGreaterThanOrEqual(0.95);
    },
  );

  it('prefill no wrong value: what is not right is left empty', () => {
    for (const { truth, found } of read.filter((one) => !isScan(one))) {
      for (const [field, value] of Object.entries(shown)) {
        const said = value(found);
        if (said !== null) expect(plain(said), `${truth['file']} ${field}`).toBe(plain(truth[field]));
      }
    }
  });

  it('say the same from their first and last pages alone', () => {
    for (const { truth, found, ends } of read) {
      for (const value of Object.values(shown)) expect(value(ends), truth['file']).toBe(value(found));
    }
  });

  it('carry no script', () => {
    expect(read.filter(({ found }) => found.hasScript)).toEqual([]);
  });

  it('bear no secrecy mark, and none is imagined', () => {
    expect(read.filter(({ found }) => found.secrecy !== null)).toEqual([]);
  });
});

describe('scans with a bad machine-read layer', () => {
  it('prefill nothing at all', () => {
    const scans = read.filter(isScan);
    expect(scans.length).toBeGreaterThan(0);
    for (const { truth, found } of scans) {
      expect(
        Object.values(found.confidence).every((sure) => sure < 0.5),
        truth['file'],
      ).toBe(true);
      for (const value of Object.values(shown)) expect(value(found), truth['file']).toBeNull();
    }
  });
});
