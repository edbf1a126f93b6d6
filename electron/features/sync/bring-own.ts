import { join } from 'node:path';
import { personAggregate } from '#shared/directory/public.ts';
import { AppError, type AgencyId, type PersonId } from '#shared/kernel/public.ts';
import { openEncrypted, type ReadDb, type WriteDb } from '#shared/node/sqlite/public.ts';
import type { Clock } from '../../platform/clock.ts';
import { openKeyring } from '../../store/keyring.ts';
import { readState } from '../../store/read-state.ts';
import { movedDesk } from '../session/public.ts';

type Owner = Readonly<{ agencyId: AgencyId; personId: PersonId; passphrase: string }>;

/** What stays on a machine and is in no log: whose it is, and which of their roles it comes with. */
const own = [
  { table: 'key_file', owner: 'owner' },
  { table: 'picture', owner: 'owner' },
] as const;
const ofAuthority = ['authority_key', 'authority_list'] as const;

/**
 * Where the office went over to a server, the desk it was on still holds its people's signing keys, pictures and
 * unfinished drafts: whoever joins on that machine with the passphrase of before takes theirs along.
 */
export async function bringOwn(
  home: string,
  { agencyId, personId, passphrase }: Owner,
  { to, clock }: Readonly<{ to: WriteDb; clock: Clock }>,
): Promise<void> {
  const old = movedDesk(home, agencyId);
  if (old === null) return;
  try {
    const key = await openKeyring(join(old.folder, 'keys.json')).unlock(personId, passphrase, clock.now());
    const from = openEncrypted({ path: join(old.folder, 'office.db'), key });
    try {
      to.transaction(() => {
        takeRows(from, to, personId);
      }).immediate();
    } finally {
      from.close();
    }
  } catch (error) {
    // Another passphrase, or nobody of that desk: they keep their key files elsewhere, and bring them by hand.
    if (!(error instanceof AppError)) throw error;
  }
}

function takeRows(from: ReadDb, to: WriteDb, personId: PersonId): void {
  const roles = readState(from, personAggregate, personId)?.roles ?? [];
  // The seal belongs to the agency; whoever is the clerk uses it (NĐ 30 Đ32).
  const owners = roles.includes('clerk') ? [personId, 'agency'] : [personId];
  for (const { table, owner } of own) {
    for (const one of owners) copyRows({ from, to, table }, `WHERE ${owner} = ?`, one);
  }
  if (roles.includes('administrator')) for (const table of ofAuthority) copyRows({ from, to, table });
  copyRows({ from, to, table: 'revocation_list' });
  for (const table of ['draft_text', 'draft_ahead']) {
    copyRows(
      { from, to, table },
      "WHERE document IN (SELECT id FROM document WHERE drafter = ? AND state = 'draft')",
      personId,
    );
  }
}

type Copying = Readonly<{ from: ReadDb; to: WriteDb; table: string }>;

function copyRows({ from, to, table }: Copying, where = '', ...values: readonly string[]): void {
  for (const row of from.prepare(`SELECT * FROM ${table} ${where}`).all(...values) as object[]) {
    const names = Object.keys(row);
    to.prepare(
      `INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ).run(...Object.values(row));
  }
}
