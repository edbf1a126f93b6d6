import { expect, test } from 'vitest';
import { signedFilesOf, type OfficialDocument } from '#shared/documents/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import {
  aFile,
  aPerson,
  anIncoming,
  anOutgoing,
  hashOf,
  ids,
  mondayMorning,
} from '../../support/builders.ts';

const administrator = aPerson({ roles: ['administrator'] });

function prove(of: number, over: number, file: number, known: OfficialDocument) {
  const proof = { of: hashOf(of), file: aFile(file), level: 'B-LTA', renewBy: null };
  const body = { documentId: known.id, proof, over: hashOf(over), byItself: false };
  return ask('documents.prove', { by: administrator, body, known: { documents: [known] } });
}

function aCopy(n: number, voidedBecause: string | null) {
  return {
    number: n,
    year: 2026,
    notation: `${n}/SY-SKHCN`,
    form: 'sao-y' as const,
    signedAt: mondayMorning,
    source: hashOf(1),
    pages: null,
    file: aFile(50 + n),
    purpose: '',
    recipients: [],
    decidedBy: ids.person(),
    voidedBecause,
  };
}

test('what proves a signed file stands beside it, and each grows out of the one before', () => {
  const sealed = aFile(4);
  const document = anOutgoing({
    state: 'issued',
    file: sealed,
    sealedAttachments: [{ of: hashOf(7), file: aFile(17) }],
  });
  const proven = after('document', document, prove(4, 4, 24, document));
  expect(proven).toMatchObject({
    state: 'issued',
    file: sealed,
    proofs: [{ of: hashOf(4), file: aFile(24) }],
  });
  expect(codeOf(prove(4, 4, 25, proven))).toBe('documents.proven-meanwhile');
  const renewed = after('document', proven, prove(4, 24, 25, proven));
  expect(after('document', renewed, prove(17, 17, 37, renewed)).proofs).toMatchObject([
    { of: hashOf(4), file: aFile(25) },
    { of: hashOf(17), file: aFile(37) },
  ]);
  expect(codeOf(prove(9, 9, 29, document))).toBe('documents.unknown-file');
  expect(codeOf(prove(4, 4, 24, anOutgoing({ state: 'numbered', file: sealed })))).toBe(
    'documents.unknown-file',
  );
});

test('copies that count are proven, whichever way the paper went', () => {
  const document = anIncoming({
    state: 'registered',
    certifiedCopies: [aCopy(1, null), aCopy(2, 'Sao nhầm')],
  });
  expect(signedFilesOf(document)).toEqual([{ file: aFile(51), notation: '1/SY-SKHCN' }]);
  expect(after('document', document, prove(51, 51, 61, document))).toMatchObject({
    state: 'registered',
    proofs: [{ of: hashOf(51), file: aFile(61) }],
  });
  expect(codeOf(prove(52, 52, 62, document))).toBe('documents.unknown-file');
});

test('of a paper that is not there nothing is proven', () => {
  const gone = anIncoming();
  const body = {
    documentId: gone.id,
    proof: { of: hashOf(1), file: aFile(2), level: 'B-T', renewBy: null },
    over: hashOf(1),
    byItself: true,
  };
  expect(codeOf(ask('documents.prove', { by: administrator, body }))).toBe('documents.unknown');
});
