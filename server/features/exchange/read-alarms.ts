import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PeerSchema } from '#shared/exchange/public.ts';
import { sqliteGateway, type Alarm } from '#shared/node/exchange/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { readServerFile, statesIn } from '../../data/agency-folder.ts';

/** The alarms of an agency's gateway with the names of whom they are about; beside a running server too. */
export function readAlarms(folder: string): readonly (Alarm & Readonly<{ name: string | null }>)[] {
  readServerFile(folder);
  const db = openEncrypted({
    path: join(folder, 'agency.db'),
    key: readFileSync(join(folder, 'server.key')),
  });
  try {
    const gateway = sqliteGateway(db);
    const names = new Map<string, string>(
      statesIn(db, 'peer')
        .map((state) => PeerSchema.parse(state))
        .map(({ id, name }) => [id, name]),
    );
    return gateway.alarms().map((alarm) => ({ ...alarm, name: names.get(alarm.peer ?? '') ?? alarm.peer }));
  } finally {
    db.close();
  }
}
