import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openBlobs } from '#shared/node/blobs/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { rowsOf, type KeptRow } from './ballot-links.ts';
import { passphrase } from './machines.ts';
import { voters, type Voter, type VotingAgency } from './voting-agency.ts';

const program = resolve(import.meta.dirname, '../../cli/antin.mjs');

/** Runs the program as an administrator does; whatever it refuses fails. */
export function antin(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** The encrypted copies that the voters' desks make of themselves, and what stands in them. */
export function deskCopies({ many, staff, machineOf, dataKeyOf }: VotingAgency) {
  const place = join(many.at.data, '..', 'bản sao của máy');
  mkdirSync(place);
  const word = join(place, 'mk.txt');
  writeFileSync(word, `${passphrase}\n`);
  const asVoter = (who: Voter) => ['--person', staff[who].id, '--passphrase-file', word];

  /** Everything in the newest copy of one desk, brought back on another machine and opened there. */
  async function rowsBroughtBack(who: Voter, from: string, where: string): Promise<readonly KeptRow[]> {
    const home = mkdtempSync(join(place, 'phục hồi '));
    antin('restore', '--from', from, '--data', home, ...asVoter(who));
    const { folder, key } = await dataKeyOf(who, home);
    const db = openEncrypted({ path: join(folder, 'office.db'), key });
    const rows: KeptRow[] = [...rowsOf(db, where)];
    db.close();
    const blobs = openBlobs({ folder: join(folder, 'blobs'), dataKey: key });
    for (const hash of blobs.all()) {
      const bytes = await blobs.read(hash, 0, blobs.size(hash) ?? 0);
      rows.push({ where: `${where} file`, text: Buffer.from(bytes).toString('latin1') });
    }
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
      rows.push({ where: `${where} ${name}`, text: readFileSync(join(folder, name), 'utf8') });
    }
    return rows;
  }

  return {
    /** The copy of the day, which a desk makes while somebody works there. */
    makeAtWork: async (name: string): Promise<string> => {
      const to = join(place, name);
      for (const who of voters) await machineOf(who).client.session.arrangeBackups({ place: to });
      return to;
    },
    /** What `antin backup` makes of desks that are switched off. */
    make: (name: string, whose: readonly Voter[] = voters): string => {
      const to = join(place, name);
      mkdirSync(to);
      for (const who of whose) {
        antin('backup', '--data', machineOf(who).home, '--to', to, ...asVoter(who));
      }
      return to;
    },
    rowsIn: async (from: string, whose: readonly Voter[] = voters): Promise<readonly KeptRow[]> => {
      const rows: KeptRow[] = [];
      for (const who of whose) rows.push(...(await rowsBroughtBack(who, from, `copy of ${who}`)));
      return rows;
    },
  };
}
