import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../electron/platform/clock.ts';
import { backup } from '../../electron/store/backup.ts';
import { mustBeAsSaid } from '../../server/data/where-things-are.ts';
import { backUpAgency, backUpHub, openAgencyFolder, openHubFolder } from '../../server/main.ts';
import { homeFolder, unlockDesk } from '../desk-access.ts';
import { exitCode } from '../dispatch.ts';
import { sentence } from '../setup/sentences.mjs';

/**
 * `antin backup --to DIR [--data DIR] [--agency ID] [--person ID] [--passphrase-file F] [--keep N] [--json]`. Adds one
 * encrypted, proved version to a folder outside the data; 1 when a file of the office was damaged and is not in it. Where
 * the data are a server's, its log and files, and where they are a hub's, its mailboxes and parts; one that runs does so by itself
 * (`antin serve --backup-to`).
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      to: { type: 'string' },
      data: { type: 'string' },
      agency: { type: 'string' },
      person: { type: 'string' },
      'passphrase-file': { type: 'string' },
      keep: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
    },
  });
  const keep = Number(values.keep);
  if (values.to === undefined || !Number.isInteger(keep) || keep < 1) {
    process.stderr.write(`${sentence('store.backup-usage')}\n`);
    return exitCode.usage;
  }
  const home = values.data ?? homeFolder();
  if (existsSync(join(home, 'hub.json'))) return backUpHubAt(home, values.to, { keep, json: values.json });
  const isServers = existsSync(join(home, 'server.json'));
  if (isServers) return backUpServer(home, values.to, { keep, json: values.json });
  const office = await unlockDesk({
    home,
    agency: values.agency ?? null,
    person: values.person ?? null,
    passphraseFile: values['passphrase-file'] ?? null,
  });
  try {
    const { agencyId, db } = office.desk;
    const person = office.shared?.person ?? null;
    const made = await backup({
      ...office,
      agencyId,
      person,
      db,
      to: values.to,
      now: systemClock.now(),
      keep,
    });
    const { head, damaged, files } = made.manifest;
    const done = { folder: made.folder, seq: head.seq, files: files.length };
    if (values.json) process.stdout.write(`${JSON.stringify({ ...done, head, damaged })}\n`);
    else process.stdout.write(`${sentence('store.backup-done', done)}\n`);
    if (damaged.length === 0) return exitCode.done;
    process.stderr.write(`${sentence('store.backup-without-damaged', { count: damaged.length })}\n`);
    return exitCode.refused;
  } finally {
    office.close();
  }
}

type Asked = Readonly<{ keep: number; json: boolean }>;

async function backUpHubAt(data: string, to: string, { keep, json }: Asked): Promise<number> {
  const folder = await openHubFolder(data, { alone: true });
  try {
    const { path, parts, damaged } = await backUpHub({ folder, to, keep, now: systemClock.now() });
    const words = sentence('store.hub-backup-done', { folder: path, parts });
    process.stdout.write(`${json ? JSON.stringify({ folder: path, parts, damaged }) : words}\n`);
    if (damaged.length === 0) return exitCode.done;
    process.stderr.write(`${sentence('store.backup-without-damaged', { count: damaged.length })}\n`);
    return exitCode.refused;
  } finally {
    await folder.close();
  }
}

async function backUpServer(data: string, to: string, { keep, json }: Asked): Promise<number> {
  const folder = openAgencyFolder(data);
  try {
    await mustBeAsSaid(folder, null);
    const { path, head, damaged } = await backUpAgency({ folder, data, to, keep, now: systemClock.now() });
    const files = folder.ownBlobs.all().length - damaged.length;
    const done = { folder: path, seq: head.seq, files };
    if (json) process.stdout.write(`${JSON.stringify({ ...done, head, damaged })}\n`);
    else process.stdout.write(`${sentence('store.backup-done', done)}\n`);
    if (damaged.length === 0) return exitCode.done;
    process.stderr.write(`${sentence('store.backup-without-damaged', { count: damaged.length })}\n`);
    return exitCode.refused;
  } finally {
    folder.close();
  }
}
