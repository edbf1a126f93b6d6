import type { DeviceId, Instant, LogEntry } from '#shared/kernel/public.ts';

type Block = Readonly<{ device: string; from: number; to: number; until: Instant }> & { ended: boolean };
type Series = { last: number; given: Set<number>; voids: Set<number>; blocks: Map<string, Block> };

/**
 * What is wrong with the numbers of a log, told from its acts alone (NĐ 30 Đ15, `sync.md` 3.7): in each series and year
 * they run from 1, none missing, none twice; one is given, void, or waits in the one block that is out.
 */
export function numberFaults(entries: readonly LogEntry[]): string[] {
  const known = new Map<string, Series>();
  const faults: string[] = [];
  for (const entry of entries) {
    for (const { type, on, body } of entry.acts) {
      if (on.kind === 'register') {
        const series = known.get(on.id) ?? { last: 0, given: new Set(), voids: new Set(), blocks: new Map() };
        known.set(on.id, series);
        // The acts of a register, as its rules write them.
        const act = { type, body } as RegisterAct;
        faults.push(
          ...actFaults(series, act, entry).map((fault) => `${on.id}: ${fault} (entry ${entry.seq})`),
        );
      }
    }
    faults.push(...restFaults(known, entry));
  }
  return faults;
}

type RegisterAct =
  | Readonly<{ type: 'numberGiven'; body: { number: number; lease?: string } }>
  | Readonly<{
      type: 'numbersLeased';
      body: { lease: { id: string; device: DeviceId; from: number; to: number; until: Instant } };
    }>
  | Readonly<{ type: 'leaseEnded'; body: { lease: string; how: string } }>
  | Readonly<{ type: 'numberVoided'; body: { lease: string; number: number } }>;

function actFaults(series: Series, act: RegisterAct, entry: LogEntry): string[] {
  switch (act.type) {
    case 'numberGiven': {
      const { number, lease } = act.body;
      const faults =
        lease === undefined ? serverFaults(series, number) : givenFaults(series, { number, lease, entry });
      if (series.given.has(number)) faults.push(`${number} was given twice`);
      if (series.voids.has(number)) faults.push(`${number} was void and is given`);
      series.given.add(number);
      return faults;
    }
    case 'numbersLeased': {
      const { id, device, from, to, until } = act.body.lease;
      const faults = from === series.last + 1 ? [] : [`a block begins at ${from} after ${series.last}`];
      if ([...series.blocks.values()].some(({ ended }) => !ended)) faults.push('two blocks are out at once');
      series.last = to;
      series.blocks.set(id, { device, from, to, until, ended: false });
      return faults;
    }
    case 'leaseEnded': {
      const block = series.blocks.get(act.body.lease);
      if (block === undefined) return ['a block ends that never was'];
      const faults = block.ended ? ['a block ends twice'] : [];
      const isEarly = act.body.how === 'expired' && entry.recordedAt <= block.until;
      if (isEarly) faults.push('a block runs out early');
      block.ended = true;
      return faults;
    }
    case 'numberVoided': {
      const { number } = act.body;
      const faults = series.given.has(number) ? [`${number} was given and is void`] : [];
      if (series.voids.has(number)) faults.push(`${number} is void twice`);
      series.voids.add(number);
      return faults;
    }
  }
}

function serverFaults(series: Series, number: number): string[] {
  const before = series.last;
  series.last = number;
  return number === before + 1 ? [] : [`${number} came after ${before}`];
}

type Use = Readonly<{ number: number; lease: string; entry: LogEntry }>;

function givenFaults({ blocks }: Series, { number, lease, entry: { sent, recordedAt } }: Use): string[] {
  const block = blocks.get(lease);
  if (block === undefined) return ['a number comes from a block that never was'];
  return [
    ...(block.ended ? [`${number} comes from a block that has ended`] : []),
    ...(number < block.from || number > block.to ? [`${number} lies outside its block`] : []),
    ...(sent?.device === block.device ? [] : [`${number} was given by another desk`]),
    ...(recordedAt > block.until ? [`${number} was given too late`] : []),
  ];
}

/** After every entry: no number is unaccounted for, and no revoked desk holds a block. */
function restFaults(known: ReadonlyMap<string, Series>, { acts, seq }: LogEntry): string[] {
  const touched = new Set(acts.filter(({ on }) => on.kind === 'register').map(({ on }) => on.id));
  const revoked = acts.filter(({ type }) => type === 'deviceRevoked').map(({ on }) => on.id);
  const missing = [...touched].flatMap((id) => {
    const series = known.get(id);
    return series === undefined
      ? []
      : gapsIn(series).map((number) => `${id}: ${number} is missing (entry ${seq})`);
  });
  const kept = [...known].flatMap(([id, { blocks }]) =>
    [...blocks.values()].some(({ device, ended }) => !ended && revoked.includes(device))
      ? [`${id}: a revoked desk holds a block (entry ${seq})`]
      : [],
  );
  return [...missing, ...(revoked.length === 0 ? [] : kept)];
}

function gapsIn({ last, given, voids, blocks }: Series): number[] {
  const out = [...blocks.values()].filter(({ ended }) => !ended);
  return Array.from({ length: last }, (_none, place) => place + 1).filter(
    (number) =>
      !given.has(number) && !voids.has(number) && !out.some(({ from, to }) => number >= from && number <= to),
  );
}
