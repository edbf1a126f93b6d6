import { accessSync, constants, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/kernel/public.ts';
import { writeWhole } from '#shared/node/files/public.ts';
import { mostMessageBytes, type Transport } from './transport.ts';

/** A program that writes straight into the folder is given this long to finish; one that renames need not be. */
const settledMs = 2000;
const mostAtOnce = 200;

/**
 * Messages as files, for an axis whose own program carries them: `out/` and `in/`, what was taken in `done/`, what could
 * not be in `failed/` with a sentence beside it. Put back into `in/`, a file is tried again.
 */
export function fileDrop(folder: string): Transport {
  const place = (name: string, file = '') => join(folder, name, file);

  function hereIs(): void {
    try {
      for (const name of ['out', 'in', 'done', 'failed']) {
        mkdirSync(place(name), { recursive: true });
        accessSync(place(name), constants.R_OK | constants.W_OK | constants.X_OK);
      }
    } catch (error) {
      throw new AppError('line.folder', { folder }, error);
    }
  }

  /** The same name may have come before; nothing that was kept is written over. */
  function freeName(key: string, to: string): string {
    const taken = new Set(readdirSync(place(to)));
    let name = key;
    for (let turn = 2; taken.has(name); turn += 1) name = `${turn}-${key}`;
    return name;
  }

  return {
    send: ({ id, what, bytes }) =>
      inFolder(folder, () => {
        hereIs();
        writeWhole(place('out', `${what}-${id}.edxml`), bytes);
      }),
    waiting: () =>
      inFolder(folder, () => {
        hereIs();
        const settled = Date.now() - settledMs;
        return readdirSync(place('in'))
          .filter((name) => /^[^.].*\.(?:edxml|xml)$/iu.test(name))
          .flatMap((key) => {
            // Nothing is read through a link somebody left, nor what its writer may not have finished.
            const found = lstatSync(place('in', key), { throwIfNoEntry: false });
            return found?.isFile() === true && found.mtimeMs <= settled ? [{ key, at: found.mtimeMs }] : [];
          })
          .toSorted((one, other) => one.at - other.at || one.key.localeCompare(other.key))
          .slice(0, mostAtOnce);
      }),
    fetch: ({ key }) =>
      inFolder(folder, () => {
        const { size } = lstatSync(place('in', key));
        if (size > mostMessageBytes) throw new AppError('line.too-large', { name: key });
        return readFileSync(place('in', key));
      }),
    acknowledge: ({ key }, outcome) =>
      inFolder(folder, () => {
        const to = outcome.taken ? 'done' : 'failed';
        const name = freeName(key, to);
        // The sentence first: no file ever lies there without one.
        if (!outcome.taken) writeWhole(place(to, `${name}.txt`), Buffer.from(`${outcome.sentence}\n`));
        renameSync(place('in', key), place(to, name));
      }),
    test: () => inFolder(folder, hereIs),
  };
}

/** Whatever goes wrong with the folder is a fault of the line, said once in its words. */
async function inFolder<Result>(folder: string, work: () => Result): Promise<Result> {
  try {
    return await Promise.resolve(work());
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('line.')) throw error;
    throw new AppError('line.folder', { folder }, error);
  }
}
