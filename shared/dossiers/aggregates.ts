import {
  assertNever,
  type Aggregate,
  type DisposalId,
  type DossierId,
  type LockId,
} from '../kernel/public.ts';
import type { DisposalAct, DossierAct, FileListAct, LockingAct, RetentionAct } from './acts.ts';
import type { Disposal } from './disposal-model.ts';
import { evolveHanding, isHandingAct } from './evolve-handing.ts';
import { evolveKeeping, isKeepingAct } from './evolve-keeping.ts';
import type { Locking } from './lock-model.ts';
import type { Dossier, FileList } from './model.ts';
import type { RetentionSettings } from './retention.ts';

export const fileListAggregate: Aggregate<FileList, FileListAct> = {
  kind: 'fileList',
  evolve(state, act) {
    switch (act.type) {
      case 'fileListWritten':
        return {
          ...(state ?? { taken: {} }),
          year: act.body.year,
          entries: act.body.entries,
          approved: null,
        };
      case 'fileListApproved':
        return { ...known(state), approved: act.body };
      case 'fileCodeTaken': {
        const before = state ?? { year: act.body.year, entries: [], approved: null, taken: {} };
        return { ...before, taken: { ...before.taken, [act.body.code]: act.body.dossier } };
      }
      case 'fileCodeLeft': {
        const { [act.body.code]: _left, ...taken } = known(state).taken;
        return { ...known(state), taken };
      }
      default:
        return assertNever(act);
    }
  },
};

export const dossierAggregate: Aggregate<Dossier, DossierAct> = {
  kind: 'dossier',
  evolve(state, act) {
    if (act.type !== 'dossierOpened') return evolveKnown(known(state), act);
    const { year, fields, inList, maker, unit, parent } = act.body;
    return {
      ...fields,
      id: act.on.id as DossierId,
      year,
      inList,
      maker,
      people: [maker],
      units: [unit],
      parent,
      state: 'open',
      parts: [],
      items: [],
      last: 0,
      endedOn: null,
      closed: null,
    };
  },
};

export const retentionAggregate: Aggregate<RetentionSettings, RetentionAct> = {
  kind: 'retention',
  evolve: (_state, act) => act.body,
};

export const lockAggregate: Aggregate<Locking, LockingAct> = {
  kind: 'lock',
  evolve(state, act) {
    switch (act.type) {
      case 'lockLaid':
        return { ...act.body, id: act.on.id as LockId, lifted: null };
      case 'lockWidened': {
        const before = known(state);
        return { ...before, dossiers: [...before.dossiers, ...act.body.dossiers] };
      }
      case 'lockLifted':
        return { ...known(state), lifted: act.body };
      default:
        return assertNever(act);
    }
  },
};

export const disposalAggregate: Aggregate<Disposal, DisposalAct> = {
  kind: 'disposal',
  evolve(state, act) {
    switch (act.type) {
      case 'disposalProposed':
        return {
          ...act.body,
          id: act.on.id as DisposalId,
          state: 'proposed',
          appraisal: null,
          decision: null,
          minutes: null,
          dismissed: null,
        };
      case 'disposalAppraised':
        return { ...known(state), state: 'appraised', appraisal: act.body };
      case 'disposalApproved':
        return { ...known(state), state: 'approved', decision: act.body };
      case 'disposalCarriedOut':
        return { ...known(state), state: 'carried-out', minutes: act.body };
      case 'disposalDismissed':
        return { ...known(state), state: 'dismissed', dismissed: act.body };
      default:
        return assertNever(act);
    }
  },
};

function evolveKnown(before: Dossier, act: Exclude<DossierAct, { type: 'dossierOpened' }>): Dossier {
  if (isKeepingAct(act)) return evolveKeeping(before, act);
  if (isHandingAct(act)) return evolveHanding(before, act);
  switch (act.type) {
    case 'dossierDescribed':
      return { ...before, ...act.body.fields };
    case 'partOpened':
      return { ...before, parts: [...before.parts, act.body.part] };
    case 'itemsFiled': {
      const { items } = act.body;
      return { ...before, items: [...before.items, ...items], last: items.at(-1)?.n ?? before.last };
    }
    case 'itemsTakenOut': {
      const out = new Set<string>(act.body.documents);
      return { ...before, items: before.items.filter(({ document }) => !out.has(document)) };
    }
    case 'excerptTaken': {
      const { excerpt } = act.body;
      const others = (before.excerpts ?? []).filter(({ item }) => item !== excerpt.item);
      return { ...before, excerpts: [...others, excerpt] };
    }
    case 'dossierPassedOn': {
      const { to, unit } = act.body;
      const people = [...new Set([...before.people, to])];
      return { ...before, maker: to, people, units: [...new Set([...before.units, unit])] };
    }
    case 'dossierClosed': {
      const { endedOn, ...closed } = act.body;
      // The mục lục of a closed file counts from one, without gaps (NĐ 30 PL5).
      const items = before.items.map((item, place) => ({ ...item, n: place + 1 }));
      return { ...before, state: 'closed', endedOn, items, last: items.length, closed };
    }
    case 'dossierReopened':
      return { ...before, state: 'open', endedOn: null, closed: null };
    default:
      return assertNever(act);
  }
}

function known<State>(state: State | null): State {
  if (state === null) throw new Error('An act happened to something that was never made');
  return state;
}
