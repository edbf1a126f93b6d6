import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { restore } from '../../electron/store/restore.ts';
import { hubVersionsIn, isHubVersion, restoreAgency, restoreHub, versionsIn } from '../../server/main.ts';
import { AppError } from '../../shared/kernel/public.ts';
import { homeFolder, passphraseFrom } from '../desk-access.ts';
import { exitCode } from '../dispatch.ts';
import { sentence } from '../setup/sentences.mjs';

/**
 * `antin restore --from DIR [--data DIR] [--person ID] [--passphrase-file F] [--json]`. Brings an agency back into a
 * data folder that does not hold it yet, from one version or the newest of several; everything is proved first. Where the
 * copy is a server's or a hub's, `--key-file` names its `server.key`, which no copy holds.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string' },
      data: { type: 'string' },
      person: { type: 'string' },
      'passphrase-file': { type: 'string' },
      'key-file': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.from === undefined) {
    process.stderr.write(`${sentence('store.restore-usage')}\n`);
    return exitCode.usage;
  }
  const hubVersion = hubVersionsIn(values.from).at(-1) ?? values.from;
  if (isHubVersion(hubVersion)) return restoreHubAt(hubVersion, values);
  const versions = versionsIn(values.from);
  const isServers = versions.length > 0 || existsSync(join(values.from, 'version.json'));
  if (isServers) return restoreServer(versions.at(-1) ?? values.from, values);
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

type Asked = Readonly<{ data?: string | undefined; 'key-file'?: string | undefined; json: boolean }>;

async function restoreHubAt(from: string, asked: Asked): Promise<number> {
  const { data, json, 'key-file': keyFile } = asked;
  if (data === undefined || keyFile === undefined) {
    process.stderr.write(`${sentence('store.restore-usage')}\n`);
    return exitCode.usage;
  }
  const madeAt = await restoreHub({ from, data, key: readKey(keyFile), elsewhere: null });
  process.stdout.write(`${json ? JSON.stringify({ madeAt }) : sentence('serve.hub-restored', { madeAt })}\n`);
  return exitCode.done;
}

function readKey(path: string): Uint8Array {
  if (!existsSync(path)) throw new AppError('server.unreadable', { path });
  return readFileSync(path);
}

async function restoreServer(from: string, { data, json, 'key-file': keyFile }: Asked): Promise<number> {
  if (data === undefined || keyFile === undefined) {
    process.stderr.write(`${sentence('store.restore-usage')}\n`);
    return exitCode.usage;
  }
  const head = await restoreAgency({ from, data, key: readKey(keyFile), elsewhere: null });
  const text = json
    ? JSON.stringify(head)
    : sentence('serve.restored', { entries: head.seq, head: head.hash });
  process.stdout.write(`${text}\n`);
  return exitCode.done;
}
