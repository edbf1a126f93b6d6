import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientOf, openCore } from '#electron/host/core.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { samplePassphrase } from './people.ts';

/** One more desk of somebody's, asked without a window. */
export async function aDeskWithoutWindow(invitation: string): Promise<
  Readonly<{
    /** How many papers of this name are signed here, each found valid by the verifier. */
    signed: (subject: string) => Promise<number>;
    close: () => void;
  }>
> {
  const home = mkdtempSync(join(tmpdir(), 'antin-e2e-desk-'));
  const core = openCore(home, systemClock);
  const client = clientOf(core, 'window');
  const passphrase = samplePassphrase;
  const joined = await client.sync.join({ text: invitation, machine: 'máy kiểm tra', passphrase });
  await client.session.signIn({ ...joined, passphrase });
  const valid = new Set<string>();
  return {
    signed: async (subject) => {
      const { rows } = await client.documents.outgoing({
        offset: 0,
        limit: 200,
        states: null,
        year: null,
        text: '',
      });
      for (const { id, subject: said, state } of rows) {
        if (valid.has(id) || state !== 'signed' || !said.startsWith(subject)) continue;
        const { document } = await client.documents.page({ documentId: id });
        if (document.direction !== 'outgoing' || document.file === null) continue;
        const { hash } = document.file;
        const report = await client.signing.verify({ documentId: id, hash }).catch(() => null);
        if (report?.verdict === 'valid') valid.add(id);
      }
      return valid.size;
    },
    close: () => {
      core.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
