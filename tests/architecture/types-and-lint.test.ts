import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantedCopy, runIn, toolPath, type PlantedCopy, type ToolAnswer } from '../support/planted-copy.ts';

type Planted = Readonly<{ what: string; file: string; text: string; says: string }>;

const wronglyTyped: readonly Planted[] = [
  {
    what: 'a room that uses Node',
    file: 'shared/kernel/planted-node.ts',
    text: `import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n`,
    says: 'TS2591',
  },
  {
    what: 'a room that uses the window',
    file: 'shared/kernel/planted-window.ts',
    text: 'export const planted = document.title;\n',
    says: 'TS2584',
  },
  {
    what: 'an enum, which plain type stripping cannot run',
    file: 'shared/kernel/planted-enum.ts',
    text: 'export enum Planted {\n  one,\n}\n',
    says: 'TS1294',
  },
  {
    what: 'an unchecked index',
    file: 'shared/kernel/planted-index.ts',
    text: 'export const planted = (list: readonly string[]): string => list[0];\n',
    says: 'TS2322',
  },
];

const badlyWritten: readonly Planted[] = [
  {
    what: 'a promise nobody waits for',
    file: 'server/planted-promise.ts',
    text: 'export function planted(): void {\n  Promise.resolve(1);\n}\n',
    says: 'no-floating-promises',
  },
  {
    what: 'any',
    file: 'server/planted-any.ts',
    text: 'export const planted = (value: any): unknown => value;\n',
    says: 'no-explicit-any',
  },
  {
    what: 'an exclamation mark instead of a check',
    file: 'server/planted-assertion.ts',
    text: 'export const planted = (list: readonly string[]): string => list[0]!;\n',
    says: 'no-non-null-assertion',
  },
  {
    what: 'a default export',
    file: 'server/planted-default.ts',
    text: 'export default 1;\n',
    says: 'no-default-export',
  },
  {
    what: 'a switch with a case left out',
    file: 'server/planted-switch.ts',
    text: `export function planted(day: 'sat' | 'sun'): string | null {\n  switch (day) {\n    case 'sat':\n      return 'x';\n  }\n  return null;\n}\n`,
    says: 'switch-exhaustiveness-check',
  },
  {
    what: 'a file name in capitals',
    file: 'server/PlantedName.ts',
    text: 'export const planted = 1;\n',
    says: 'filename-case',
  },
  {
    what: 'a file of more than 400 lines',
    file: 'server/planted-long.ts',
    text: Array.from({ length: 401 }, (_, index) => `export const planted${index} = ${index};\n`).join(''),
    says: 'max-lines',
  },
  {
    what: 'a raw channel between processes',
    file: 'electron/planted-channel.ts',
    text: `import { ipcMain } from 'electron';\nexport const planted = ipcMain;\n`,
    says: 'no-restricted-imports',
  },
  {
    what: 'a leftover console line',
    file: 'server/planted-console.ts',
    text: `export function planted(): void {\n  console.log('here');\n}\n`,
    says: 'no-console',
  },
];

describe('types and lint', () => {
  let copy: PlantedCopy;
  let types: ToolAnswer;
  let lint: ToolAnswer;

  beforeAll(async () => {
    const all = [...wronglyTyped, ...badlyWritten];
    copy = plantedCopy(Object.fromEntries(all.map(({ file, text }) => [file, text])));
    types = await runIn(copy.folder, [
      toolPath('@typescript/native/bin/tsc'),
      '-b',
      'shared',
      '--pretty',
      'false',
    ]);
    lint = await runIn(copy.folder, [
      toolPath('oxlint/bin/oxlint'),
      '--type-aware',
      '--deny-warnings',
      '-f',
      'unix',
    ]);
  });

  afterAll(() => copy.remove());

  test.each(wronglyTyped)('the compiler refuses $what', ({ file, says }) => {
    expect(types.ok).toBe(false);
    expect(linesAbout(types, file)).toContain(says);
  });

  test.each(badlyWritten)('the linter refuses $what', ({ file, says }) => {
    expect(lint.ok).toBe(false);
    expect(linesAbout(lint, file)).toContain(says);
  });
});

function linesAbout(answer: ToolAnswer, file: string): string {
  return answer.output
    .split('\n')
    .filter((line) => line.includes(file))
    .join('\n');
}
