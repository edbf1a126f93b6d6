import { parseArgs } from 'node:util';
import { restore } from '../../electron/store/restore.ts';
import { homeFolder, passphraseFrom } from '../desk-access.ts';
import { exitCode } from '../dispatch.ts';
import { sentence } from '../setup/sentences.mjs';

/**
 * `antin restore --from DIR [--data DIR] [--person ID] [--passphrase-file F] [--json]`. Brings an agency back into a
 * data folder that does not hold it yet, from one version or the newest of several; everything is proved first.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string' },
      data: { type: 'string' },
      person: { type: 'string' },
      'passphrase-file': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.from === undefined) {
    process.stderr.write(`${sentence('store.restore-usage')}\n`);
    return exitCode.usage;
  }
  const restored = await restore({
    from: values.from,
    dataFolder: values.data ?? homeFolder(),
    personId: values.person ?? null,
    passphrase: await passphraseFrom(values['passphrase-file'] ?? null),
  });
  const { head, files } = restored.manifest;
  const done = { folder: restored.folder, seq: head.seq, files: files.length };
  if (values.json) process.stdout.write(`${JSON.stringify({ ...done, head })}\n`);
  else process.stdout.write(`${sentence('store.restore-done', done)}\n`);
  return exitCode.done;
}
