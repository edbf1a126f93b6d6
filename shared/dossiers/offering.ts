import { addDays, refuse, writtenDay, type Day, type PersonId, type Refusal } from '../kernel/public.ts';
import type { Person } from '../directory/public.ts';
import { findingsInFile, found, type Finding, type Holdings } from './closing.ts';
import { handOverDue, isHandedOver, leastYears, warnDays } from './hand-over-due.ts';
import { sides, type HandOver, type Side } from './hand-over-model.ts';
import type { Dossier } from './model.ts';
import { whyNotClosedDossier, whyNotFrozen } from './why-not.ts';

/** Why somebody may not hand over a file at all; what stands against it on its own account are its findings. */
export function whyNotOffer(dossier: Dossier | null, actor: Person | null): Refusal | null {
  const not = whyNotClosedDossier(dossier, actor);
  if (not !== null || dossier === null) return not;
  if (dossier.parent !== null) return refuse('handOvers.only-whole', { code: dossier.code });
  return whyNotFrozen(dossier);
}

/** What stands against handing a closed file over to the archive (NĐ 30 Đ30), and what the archivist will ask about. */
export function findingsOnOffer(holdings: Holdings, today: Day): Finding[] {
  const { dossier, parts, list } = holdings;
  const { code, retention, inList, endedOn } = dossier;
  const params = { code };
  const findings: Finding[] = [];
  if (!isHandedOver(retention)) {
    const more = { years: leastYears };
    findings.push(
      found(dossier, 'handOvers.kept-by-unit', { mend: 'reopen', params: { ...params, ...more } }),
    );
  }
  const due = handOverDue(dossier);
  if (due !== null && due < today) {
    findings.push(
      found(dossier, 'handOvers.late', { stops: false, params: { ...params, due: writtenDay(due) } }),
    );
  }
  // NĐ 30 Đ30: the archive compares what comes with the danh mục of the year.
  if (!inList || list?.entries.some((line) => line.code === code) !== true) {
    findings.push(found(dossier, 'handOvers.outside-list', { stops: false, params }));
  }
  const inside = [dossier, ...parts].flatMap((one) => findingsInFile(one, holdings, endedOn ?? today));
  // A closed file is opened again before anything in it is put right.
  const changing: readonly Finding['mend'][] = ['describe', 'retention', 'take-out'];
  const mended = (finding: Finding): Finding =>
    changing.includes(finding.mend) ? { ...finding, mend: 'reopen' } : finding;
  return [...findings, ...inside.map(mended)];
}

/** NĐ 30 PL6 I.5: from thirty days before a file is due it waits for whoever keeps it. */
export function isDueSoon(dossier: Dossier, today: Day): boolean {
  const due = handOverDue(dossier);
  return dossier.state === 'closed' && due !== null && today >= addDays(due, -warnDays);
}

export function whyNotWithdraw(handOver: HandOver | null, actor: Person | null): Refusal | null {
  const not = whyNotOffered(handOver);
  if (not !== null) return not;
  return actor?.id === handOver?.from ? null : refuse('handOvers.only-giver');
}

/** Whoever hands over and whoever takes are two people, since both sign the minutes (NĐ 30 Đ30). */
export function whyNotJudge(handOver: HandOver | null, actor: Person | null): Refusal | null {
  const not = whyNotOffered(handOver);
  if (not !== null) return not;
  return actor?.id === handOver?.from ? refuse('handOvers.own') : null;
}

/** Which side's signature a person owes to the minutes; null where they owe none. */
export function sideToSign({ accepted, from, minutes }: HandOver, person: PersonId): Side | null {
  if (accepted === null) return null;
  const own = sides.filter((side) => (side === 'giver' ? from : accepted.by) === person);
  return own.find((side) => minutes?.signed.includes(side) !== true) ?? null;
}

function whyNotOffered(handOver: HandOver | null): Refusal | null {
  if (handOver === null) return refuse('handOvers.unknown');
  return handOver.state === 'offered' ? null : refuse(`handOvers.is-${handOver.state}`);
}
