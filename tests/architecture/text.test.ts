import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantedCopy, runIn, type PlantedCopy, type ToolAnswer } from '../support/planted-copy.ts';

describe('the words of the office', () => {
  let copy: PlantedCopy;
  let answer: ToolAnswer;

  beforeAll(async () => {
    copy = plantedCopy({
      'server/planted-refusal.ts': `refuse('planted.no-such-sentence');\n`,
      'server/planted-error.ts': `throw new AppError('planted.nor-this-one');\n`,
      'renderer/planted-words.tsx': `export const Planted = () => <p>Văn bản đến</p>;\n`,
      'cli/commands/planted.ts': `process.stderr.write('Không đọc được tệp');\n`,
      'renderer/planted-label.tsx': `export const Planted = () => <input aria-label="Search" />;\n`,
      'renderer/planted-key.tsx': `export const Planted = () => <p>{t('planted.no-such-key')}</p>;\n`,
      'resources/text/vi/planted.json': `{ "planted.only-here": "Chỉ có ở đây", "planted.values": "{{name}}" }\n`,
      'resources/text/en/planted.json': `{ "planted.values": "{{other}}" }\n`,
    });
    answer = await runIn(copy.folder, [join(copy.folder, 'tests/architecture/text.mjs'), copy.folder]);
  });

  afterAll(() => copy.remove());

  test.each([
    ['a refusal without a sentence', 'server/planted-refusal.ts:1: “refusal.planted.no-such-sentence”'],
    ['a failure without a sentence', 'server/planted-error.ts:1: “refusal.planted.nor-this-one”'],
    ['Vietnamese words in a screen', 'renderer/planted-words.tsx:1: “Văn bản đến”'],
    ['Vietnamese words in a command', 'cli/commands/planted.ts:1: “Không đọc được tệp”'],
    ['a label written in a screen', 'renderer/planted-label.tsx:1: “Search”'],
    ['a key that is in no catalogue', 'renderer/planted-key.tsx:1: “planted.no-such-key”'],
    ['a sentence in one language only', 'en: “planted.only-here” is missing'],
    ['a sentence that names other values', '“planted.values” names other values'],
  ])('%s is refused', (_, says) => {
    expect(answer.ok).toBe(false);
    expect(answer.output).toContain(says);
  });
});
