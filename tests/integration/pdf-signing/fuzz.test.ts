import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { corpusSubjects } from '../../support/fuzz/corpus-subjects.ts';
import { officeSubjects, signaturesIn } from '../../support/fuzz/office-subjects.ts';
import { playCase, stageOf, type Finding, type Stage } from '../../support/fuzz/play.ts';

const folder = resolve(import.meta.dirname, '../../../test-results/fuzz');

let own: Stage;
let others: Stage;
beforeAll(async () => {
  const subjects = await officeSubjects();
  const signatures = subjects.flatMap((one) =>
    one.kind === 'pdf' && /B-LTA|sealed/.test(one.name) ? signaturesIn(one) : [],
  );
  own = stageOf([...subjects, ...signatures]);
  others = stageOf(corpusSubjects());
});

/** Plays a row of seeds and keeps every file something is wrong with, so that it can be looked at. */
function playAll(stage: Stage, count: number): readonly string[] {
  const found: Finding[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const finding = playCase(stage, seed);
    if (finding !== null) found.push(finding);
  }
  mkdirSync(folder, { recursive: true });
  return found.map(({ seed, subject, what, bytes }) => {
    const file = join(folder, `${seed}.bin`);
    writeFileSync(file, bytes);
    return `seed ${seed}, ${subject}: ${what} (${file})`;
  });
}

describe('files and blobs that somebody changed', () => {
  test('of ours neither break the reader, nor hold it up, nor pass for unharmed', () => {
    expect(playAll(own, 4000)).toEqual([]);
  }, 120_000);

  test('of others neither break the reader, nor hold it up, nor pass for unharmed', () => {
    expect(playAll(others, 2000)).toEqual([]);
  }, 120_000);
});
