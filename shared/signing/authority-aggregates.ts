import type { z } from 'zod';
import {
  assertNever,
  type Act,
  type Aggregate,
  type AgencyId,
  type Instant,
  type PersonId,
} from '../kernel/public.ts';
import type {
  CertificateAuthority,
  CertificateRecord,
  IssuedSchema,
  IssuingLevelSchema,
  Keepers,
  Revoked,
  RootSchema,
} from './authority-model.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;
type Level = z.infer<typeof IssuingLevelSchema>;

export type AuthorityAct =
  | ActOf<'authorityFounded', { root: z.infer<typeof RootSchema>; level: Level; keepers: Keepers }>
  | ActOf<'levelIssued', { level: Level }>
  | ActOf<'levelRevoked', { serial: string; revoked: Revoked }>;

export type CertificateAct =
  | ActOf<'certificateIssued', z.infer<typeof IssuedSchema> & { issuedBy: PersonId; issuedAt: Instant }>
  | ActOf<'certificateRevoked', Revoked>;

export const authorityAggregate: Aggregate<CertificateAuthority, AuthorityAct> = {
  kind: 'authority',
  evolve(state, act) {
    switch (act.type) {
      case 'authorityFounded': {
        const { root, level, keepers } = act.body;
        return { id: act.on.id as AgencyId, root, keepers, levels: [{ ...level, revoked: null }] };
      }
      case 'levelIssued': {
        const before = known(state);
        return { ...before, levels: [...before.levels, { ...act.body.level, revoked: null }] };
      }
      case 'levelRevoked': {
        const { serial, revoked } = act.body;
        const before = known(state);
        const levels = before.levels.map((level) =>
          level.serial === serial ? { ...level, revoked } : level,
        );
        return { ...before, levels };
      }
      default:
        return assertNever(act);
    }
  },
};

export const certificateAggregate: Aggregate<CertificateRecord, CertificateAct> = {
  kind: 'certificate',
  evolve(state, act) {
    switch (act.type) {
      case 'certificateIssued':
        return { ...act.body, id: act.on.id, revoked: null };
      case 'certificateRevoked':
        return { ...known(state), revoked: act.body };
      default:
        return assertNever(act);
    }
  },
};

function known<State>(state: State | null): State {
  if (state === null) throw new Error('An act happened to something that was never made');
  return state;
}
