import { allExchangeGuards, type ExchangeGuard } from '#shared/exchange/public.ts';
import { instantFrom } from '#shared/kernel/public.ts';
import { sqliteHub } from '#server/hub/hub-store.ts';
import { beginIdsAt } from '../../support/builders.ts';
import { chanceOf } from '../chance.ts';
import { virtualTime } from '../virtual-time.ts';
import { actSomehow } from './clerks.ts';
import { alteredPiece, lie } from './lies.ts';
import { idsFrom, type Setting } from './setting.ts';
import { simulatedAgency, type SimulatedAgency } from './simulated-agency.ts';
import { hubId, simulatedHub, type SimulatedHub } from './simulated-hub.ts';
import type { Templates } from './templates.ts';

/** Agencies, the hub between them, and the weather. */
export type World = Readonly<{
  setting: Setting;
  hub: SimulatedHub;
  agencies: readonly SimulatedAgency[];
  counts: Readonly<Record<string, number>>;
  /** Who has collected what a hub that was brought back does not know of. */
  deceived: ReadonlySet<SimulatedAgency>;
  /** What was seen to be wrong while it happened. */
  seen: readonly string[];
  run: (steps: number) => Promise<void>;
  pass: (ms: number) => Promise<void>;
  /** Whether the hub of this story lies. */
  lies: boolean;
  /** The weather clears, and time runs on until nobody owes anything, which is looked at, and every day has been compared. */
  calm: (look?: () => Promise<void>) => Promise<void>;
  close: () => void;
}>;

export type WorldOrder = Readonly<{
  seed: number;
  templates: Templates;
  without: ExchangeGuard | null;
  /** Whether the weather is fine from the beginning. */
  isCalm?: boolean;
  /** Everything that happens, one line each. */
  trace: ((line: string) => void) | null;
}>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export async function openWorld({
  seed,
  templates,
  without,
  isCalm = false,
  trace,
}: WorldOrder): Promise<World> {
  beginIdsAt(5_000_000);
  const chance = chanceOf(seed);
  const below = (n: number) => Math.floor(chance() * n);
  const counts: Record<string, number> = {};
  const seen: string[] = [];
  const time = virtualTime(Date.parse(templates.foundedAt) + minuteMs);
  let stormy = !isCalm;
  const setting: Setting = {
    chance,
    below,
    guards: without === null ? allExchangeGuards : { ...allExchangeGuards, [without]: false },
    time,
    isStormy: () => stormy,
    newId: idsFrom(time),
    count: (what) => {
      counts[what] = (counts[what] ?? 0) + 1;
      trace?.(`${time.nowMs()} ${what}`);
    },
    fault: (what) => {
      if (!seen.includes(what)) seen.push(what);
      trace?.(`${time.nowMs()} FAULT ${what}`);
    },
  };
  const { count } = setting;
  // In every second story the third agency is away, in every third the hub lies.
  const present = templates.agencies.slice(0, seed % 2 === 0 ? 2 : 3);
  const lies = seed % 3 === 0;
  const hub = await simulatedHub(setting, templates.agencies);
  const onPiece = alteredPiece({ setting }, lies ? 0.05 : 0);
  const agencies: SimulatedAgency[] = [];
  for (const one of present) {
    agencies.push(await simulatedAgency({ setting, hub, templates, onPiece }, one));
  }
  const deceived = new Set<SimulatedAgency>();
  const liar = { setting, hub, agencies };
  // Two that both lost what only the other had cannot give it back to each other.
  const unlucky = agencies[seed % agencies.length] ?? pick();

  function pick(): SimulatedAgency {
    const one = agencies[below(agencies.length)];
    if (one === undefined) throw new Error('There is no agency');
    return one;
  }

  /** Whom an agency writes to: the first two mostly to each other. */
  const othersOf = (one: SimulatedAgency) => agencies.filter((other) => other !== one);

  async function misfortune(): Promise<void> {
    const one = pick();
    const kind = below(100);
    if (kind < 28) one.pullOrPlug();
    else if (kind < 38) one.startAnew();
    else if (kind < 49) one.backUp();
    else if (kind < 61) unlucky.restore();
    else if (kind < 68) hub.startAnew();
    else if (kind < 76) hub.backUp();
    else if (kind < 86) await restoreHub();
    else if (kind < 92) {
      count('clock of an agency set');
      one.offBy(Math.round((chance() - 0.5) * hourMs * (chance() < 0.2 ? 80 : 4)));
    } else {
      count('time jumped');
      time.jump(below(3 * hourMs));
    }
  }

  /** Whoever has collected what the copy does not hold has to notice. */
  async function restoreHub(): Promise<void> {
    hub.restore();
    for (const agency of agencies) {
      const { after, known } = agency.gateway().place(hubId);
      const box = { after, known, now: instantFrom(time.nowMs()) };
      const isThere = after === 0 || (await sqliteHub(hub.db()).after(agency.template.id, box)) !== null;
      // Another copy may hold it after all.
      if (isThere) deceived.delete(agency);
      else deceived.add(agency);
    }
  }

  async function pass(ms: number): Promise<void> {
    await time.pass(ms);
    for (const one of agencies) await one.bring();
  }

  /** A question that a hub lost is put again after a while. */
  function awaitsAnswer(one: SimulatedAgency): boolean {
    const gateway = one.gateway();
    return gateway.restored() !== null && othersOf(one).some(({ template }) => !gateway.isHeard(template.id));
  }

  /** What would change while somebody still has to look. */
  function owes(): boolean {
    return agencies.some((one) => {
      const left = one
        .db()
        .prepare(
          `SELECT (SELECT COUNT(*) FROM ix_outbox WHERE sealed = 0)
             + (SELECT COUNT(*) FROM ix_parcel WHERE state = 'out') + (SELECT COUNT(*) FROM ix_aside) AS value`,
        )
        .get() as { value: number };
      // What was handed over is nobody's to send any more, and not yet there.
      const waits = hub
        .db()
        .prepare('SELECT 1 FROM mailbox WHERE recipient = ? AND n > ? LIMIT 1')
        .get(one.template.id, one.gateway().place(hubId).after);
      return left.value > 0 || waits !== undefined || awaitsAnswer(one) || !one.isEven() || !one.isUp();
    });
  }

  return {
    setting,
    hub,
    agencies,
    counts,
    deceived,
    seen,
    pass,
    run: async (steps) => {
      await pass(below(5000));
      for (const one of agencies) one.backUp();
      hub.backUp();
      for (let step = 0; step < steps; step += 1) {
        const kind = chance();
        if (kind < 0.25) await misfortune();
        else if (kind < 0.4 && lies) await lie(liar);
        else {
          const one = pick();
          actSomehow({ setting, one, others: othersOf(one) });
        }
        await pass(below(chance() < 0.1 ? 3 * minuteMs : 12_000));
      }
    },
    lies,
    calm: async (look) => {
      stormy = false;
      for (const one of agencies) {
        one.offBy(0);
        one.pullOrPlug(true);
      }
      const untilQuiet = async (): Promise<void> => {
        for (let rounds = 0; rounds < 60; rounds += 1) {
          await pass(minuteMs / 2);
          if (!owes()) return;
          time.jump(hourMs);
        }
        setting.fault('it never became quiet');
      };
      await untilQuiet();
      await look?.();
      // A clock may have been more than a day ahead: what was written then is compared when that day is over.
      for (let day = 0; day < 4; day += 1) {
        time.jump(24 * hourMs);
        await pass(minuteMs);
        await untilQuiet();
      }
      await pass(minuteMs);
    },
    close: () => {
      hub.close();
      for (const one of agencies) one.close();
    },
  };
}
