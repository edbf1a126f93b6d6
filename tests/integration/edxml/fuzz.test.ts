import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { judgeMessageSignature, readMessage } from '#shared/node/edxml/public.ts';
import { noEvidence } from '#shared/node/pdf-signing/public.ts';
import { playMessage } from '../../support/edxml/play.ts';
import { messageStage } from '../../support/edxml/stage.ts';

const folder = resolve(import.meta.dirname, '../../../test-results/fuzz');
const stage = messageStage();

test('a changed message neither breaks the reader, nor holds it up, nor passes for the one that was signed', () => {
  // The unchanged ones pass, so that the changed ones have something to pass for.
  const verdicts = stage.messages.map((bytes) => {
    const { signature } = readMessage(bytes);
    return judgeMessageSignature(signature, { trust: stage.trust, evidence: noEvidence, at: stage.at })
      .verdict;
  });
  expect(verdicts.filter((verdict) => verdict === 'valid')).toHaveLength(3);
  const found: string[] = [];
  mkdirSync(folder, { recursive: true });
  for (let seed = 1; seed <= 800; seed += 1) {
    const finding = playMessage(stage, seed);
    if (finding === null) continue;
    const file = join(folder, `edxml-${seed}.edxml`);
    writeFileSync(file, finding.bytes);
    found.push(`seed ${seed}: ${finding.what} (${file})`);
  }
  expect(found).toEqual([]);
}, 60_000);
