import type { PoolClient } from 'pg';

/** What is known of a database that is copied to another machine as it is written. */
export type Standby = 'waited-for' | 'none' | 'hidden';

/**
 * Whether commits wait for a standby, and that can be looked at. Without the right to see it (pg_monitor) nothing is
 * believed of it.
 */
export async function standbyOf(client: PoolClient): Promise<Standby> {
  const { rows } = await client.query<{ names: string; may: boolean }>(
    `SELECT current_setting('synchronous_standby_names') AS names,
            pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS may`,
  );
  const [row] = rows;
  if (row === undefined || row.names.trim() === '') return 'none';
  return row.may ? 'waited-for' : 'hidden';
}

/**
 * Whether everything committed before this moment is on the disk of a standby that commits wait for. Looked at, and not
 * concluded from the wait having ended: it also ends when the setting is taken back.
 */
export async function isWitnessed(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM pg_stat_replication
        WHERE sync_state IN ('sync', 'quorum') AND flush_lsn >= pg_current_wal_flush_lsn()
     ) AS held`,
  );
  return rows[0]?.held === true;
}
