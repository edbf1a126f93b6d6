import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantedCopy, runIn, type PlantedCopy, type ToolAnswer } from '../support/planted-copy.ts';

type Planted = Readonly<{ what: string; file: string; text: string; rule: string }>;

const use = 'export const used = planted;\n';

const planted: readonly Planted[] = [
  {
    what: 'a window that imports Electron',
    file: 'renderer/planted-electron.ts',
    text: `import * as planted from 'electron';\n${use}`,
    rule: 'only-the-shell-touches-electron',
  },
  {
    what: 'a window that reads files',
    file: 'renderer/planted-file.ts',
    text: `import * as planted from 'node:fs';\n${use}`,
    rule: 'windows-have-no-node',
  },
  {
    what: 'a window that reaches into the desk',
    file: 'renderer/planted-desk.ts',
    text: `import * as planted from '#electron/planted-shell.ts';\n${use}`,
    rule: 'windows-see-rooms-only',
  },
  {
    what: 'a room that calls a higher room',
    file: 'shared/directory/planted-tier.ts',
    text: `import * as planted from '../documents/public.ts';\n${use}`,
    rule: 'tier-of-directory',
  },
  {
    what: 'a room that reads files',
    file: 'shared/kernel/planted-file.ts',
    text: `import * as planted from 'node:fs';\n${use}`,
    rule: 'rooms-are-pure',
  },
  {
    what: 'a room that takes a package of its own',
    file: 'shared/kernel/planted-package.ts',
    text: `import * as planted from 'ws';\n${use}`,
    rule: 'rooms-use-few-packages',
  },
  {
    what: 'a room that reaches past another room’s public.ts',
    file: 'shared/documents/planted-past-public.ts',
    text: `import * as planted from '../kernel/instants.ts';\n${use}`,
    rule: 'rooms-call-rooms-by-public',
  },
  {
    what: 'a desk that reaches past a room’s public.ts',
    file: 'electron/planted-past-public.ts',
    text: `import * as planted from '#shared/kernel/instants.ts';\n${use}`,
    rule: 'rooms-show-only-public',
  },
  {
    what: 'a desk that imports the server',
    file: 'electron/planted-server.ts',
    text: `import * as planted from '#server/planted-electron.ts';\n${use}`,
    rule: 'desk-stands-alone',
  },
  {
    what: 'a server that imports the desk',
    file: 'server/planted-electron.ts',
    text: `import * as planted from '#electron/planted-shell.ts';\n${use}`,
    rule: 'server-stands-alone',
  },
  {
    what: 'a desk file outside the shell that imports Electron',
    file: 'electron/planted-shell.ts',
    text: `import * as planted from 'electron';\n${use}`,
    rule: 'only-the-shell-touches-electron',
  },
  {
    what: 'a desk that needs a development package',
    file: 'electron/planted-development.ts',
    text: `import * as planted from 'vite';\n${use}`,
    rule: 'what-ships-is-a-dependency',
  },
  {
    what: 'two files that import each other',
    file: 'server/planted-circle-a.ts',
    text: `import * as planted from './planted-circle-b.ts';\n${use}`,
    rule: 'no-cycles',
  },
];

describe('the dependency rule', () => {
  let copy: PlantedCopy;
  let answer: ToolAnswer;

  beforeAll(async () => {
    const files = Object.fromEntries(planted.map(({ file, text }) => [file, text]));
    copy = plantedCopy({
      ...files,
      'server/planted-circle-b.ts': `import { used } from './planted-circle-a.ts';\nexport const planted = used;\n`,
      'shared/gossip/public.ts': 'export const planted = 1;\n',
    });
    answer = await runIn(copy.folder, [join(copy.folder, 'tests/architecture/boundaries.mjs'), copy.folder]);
  });

  afterAll(() => copy.remove());

  test('a tree with planted violations fails', () => {
    expect(answer.ok).toBe(false);
  });

  test.each(planted)('$what is refused', ({ file, rule }) => {
    expect(answer.output).toContain(`${rule}: ${file} -> `);
  });

  test('a room without a tier is refused', () => {
    expect(answer.output).toContain('shared/gossip has no tier');
  });

  test('a check that read nothing is not called clean', async () => {
    const empty = plantedCopy({});
    for (const place of ['shared', 'electron', 'renderer', 'server', 'cli', 'tests']) {
      await runIn(empty.folder, ['-e', `fs.rmSync('${place}', { recursive: true })`]);
    }
    const nothing = await runIn(empty.folder, [
      join(copy.folder, 'tests/architecture/boundaries.mjs'),
      empty.folder,
    ]);
    empty.remove();
    expect(nothing.ok).toBe(false);
  });
});
