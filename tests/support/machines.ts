import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clientOf, openCore, type Core, type CoreClient } from '#electron/host/core.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { CommandIdSchema } from '#shared/kernel/public.ts';
import { agencyAtServer, type AgencyAtServer } from './agency-server.ts';
import type { Staff } from './small-agency.ts';

export const passphrase = 'Mưa phùn Hà Nội 26!';

/** One official's machine: its folder, its core, and the window that asks it. */
export type Machine = Readonly<{ home: string; core: Core; client: CoreClient }>;

/** An agency with its server, a process of its own, and machines that join it. */
export type ManyMachines = Readonly<{
  at: AgencyAtServer;
  begin: () => Promise<void>;
  /** The same with more said to it. */
  beginWith: (...more: readonly string[]) => Promise<void>;
  /** What the server wrote about itself since it began. */
  said: () => string;
  stopServer: () => Promise<void>;
  /** Nothing of it is ended in order. */
  killServer: () => Promise<void>;
  /** It stands still for so long, in milliseconds, and goes on. */
  holdServer: (ms: number) => Promise<void>;
  machine: (name: string, clock?: typeof systemClock) => Machine;
  join: (machine: Machine, invitation: string) => Promise<void>;
  joined: (name: string, who: keyof Staff, turn?: number) => Promise<Machine>;
  /** Every machine is switched off. */
  closeAll: () => void;
  end: () => Promise<void>;
}>;

export function manyMachines(port: number, invited: readonly (keyof Staff)[]): ManyMachines {
  const place = mkdtempSync(join(tmpdir(), 'Ấn Tín nhiều máy '));
  const at = agencyAtServer(port, invited);
  let server: Awaited<ReturnType<AgencyAtServer['start']>> | null = null;
  const cores: Core[] = [];

  const machine: ManyMachines['machine'] = (name, clock = systemClock) => {
    const home = join(place, name);
    const core = openCore(home, clock);
    cores.push(core);
    return { home, core, client: clientOf(core, 'window') };
  };

  const joinWith: ManyMachines['join'] = async ({ client }, text) => {
    const { agencyId, personId } = await client.sync.join({ text, machine: 'máy phòng', passphrase });
    await client.session.signIn({ agencyId, personId, passphrase });
  };

  const closeAll = (): void => {
    for (const core of cores.splice(0)) core.close();
  };

  const said: string[] = [];
  const beginWith = async (...more: readonly string[]): Promise<void> => {
    server = await at.start(...more);
    for (const stream of [server.child.stdout, server.child.stderr]) {
      stream?.on('data', (bytes: Buffer) => said.push(bytes.toString()));
    }
  };

  async function stopServer(): Promise<void> {
    if (server === null || server.child.exitCode !== null) return;
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  }

  return {
    at,
    begin: () => beginWith(),
    beginWith,
    said: () => said.join(''),
    killServer: async () => {
      if (server === null || server.child.exitCode !== null) return;
      const gone = once(server.child, 'exit');
      server.child.kill('SIGKILL');
      await gone;
    },
    stopServer,
    holdServer: async (ms) => {
      server?.child.kill('SIGSTOP');
      await pause(ms);
      server?.child.kill('SIGCONT');
    },
    machine,
    join: joinWith,
    joined: async (name, who, turn = 0) => {
      const one = machine(name);
      await joinWith(one, at.invitation(who, turn));
      return one;
    },
    closeAll,
    end: async () => {
      closeAll();
      await stopServer();
      at.remove();
      rmSync(place, { recursive: true, force: true });
    },
  };
}

export const newCommand = () => CommandIdSchema.parse(systemClock.newId());

export async function eventually<Value>(
  what: string,
  look: () => Promise<Value>,
  holds: (value: Value) => boolean,
): Promise<Value> {
  const endMs = Date.now() + 20_000;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > endMs) throw new Error(`Not in time: ${what}; last ${JSON.stringify(value)}`);
    await new Promise((soon) => setTimeout(soon, 50));
  }
}

export const even = ({ client }: Machine) =>
  eventually(
    'nothing is owed',
    () => client.sync.standing({}),
    ({ standing }) => standing?.state === 'even' && standing.unsent === 0 && standing.left === 0,
  );

export const refusalOf = (asking: Promise<unknown>) =>
  asking.then(
    () => null,
    (error: unknown) => (error as Error).message,
  );
