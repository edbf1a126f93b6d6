import { agencyAggregate, personAggregate } from '#shared/directory/public.ts';
import {
  authorityAggregate,
  certificateAggregate,
  standingOf,
  type AuthorityView,
  type CertificateView,
} from '#shared/signing/public.ts';
import type { Signed } from '../../host/context.ts';
import { readAll, readState } from '../../store/read-state.ts';
import { freshenLists, listsHere } from './revocation-lists.ts';

/** The authority and all it issued, what ends first on top. */
export function authorityOverview({ open: { desk } }: Signed): {
  authority: AuthorityView | null;
  certificates: CertificateView[];
} {
  const authority = readState(desk.db, authorityAggregate, desk.agencyId);
  if (authority === null) return { authority: null, certificates: [] };
  freshenLists(desk);
  const now = desk.now();
  const current = new Set([
    readState(desk.db, agencyAggregate, desk.agencyId)?.sealCertificate,
    ...readAll(desk.db, personAggregate).map(({ certificate }) => certificate),
  ]);
  const certificates = readAll(desk.db, certificateAggregate)
    .map(({ certificate, id: _id, ...record }): CertificateView => {
      const seen = { now, isCurrent: current.has(certificate), authority };
      return { ...record, standing: standingOf({ ...record, certificate, id: record.serial }, seen) };
    })
    .toSorted((a, b) => rankOf(a) - rankOf(b) || a.validTo.localeCompare(b.validTo));
  const { root, keepers, levels } = authority;
  return { authority: { root, keepers, levels: [...levels], lists: listsHere(desk) }, certificates };
}

const ranks = { ending: 0, valid: 1, replaced: 2, ended: 3, revoked: 4 } as const;

function rankOf({ standing }: CertificateView): number {
  return ranks[standing];
}
