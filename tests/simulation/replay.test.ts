import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Guard } from '#shared/sync/public.ts';
import { playSeed } from './play-seed.ts';

const program = resolve(import.meta.dirname, '../../cli/antin.mjs');

async function told(seed: number, without: Guard): Promise<string> {
  const lines: string[] = [];
  await playSeed(seed, { without, trace: (line) => lines.push(line) });
  return `${lines.join('\n')}\n`;
}

/** The first story that goes wrong without a guard; those before it have been played in this process too. */
async function firstFailing(without: Guard): Promise<number> {
  for (let seed = 1; ; seed += 1) if ((await playSeed(seed, { without })).faults.length > 0) return seed;
}

it.for(['file-again', 'requeue'] as const)(
  'a story that went wrong without %s goes wrong again, to the byte, here and in a process that begins with it',
  { timeout: 120_000 },
  async (without) => {
    const seed = await firstFailing(without);
    const first = await told(seed, without);
    expect(await told(seed, without)).toBe(first);
    const args = ['simulate', '--from', String(seed), '--without', without, '--trace'];
    const { stdout, status } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toBe(first);
  },
);

/**
 * 2340: words of a draft went with a right that was withdrawn while a server that came back from a copy lacked them. 2872: a
 * disk was full while a file was put away, and nobody heard of it. 9760: a draft was submitted while a server that came back
 * from a copy lacked words which their desk thought it had; nothing said so, and nobody saw them again. 22239: the desk of
 * somebody who had left asked for its certificate again and again, and each time the chain grew by a refusal.
 */
it.for([2340, 2872, 9760, 22_239])('story %i, which went wrong once, goes well', async (seed) => {
  expect((await playSeed(seed)).faults).toEqual([]);
});
