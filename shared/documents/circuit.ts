import type { CircuitStep, Step } from './model.ts';

/**
 * The steps whose turn it is: the first that has not passed, and with it those that may be signed in any order. More
 * than one only while several leaders sign together.
 */
export function openSteps(circuit: readonly CircuitStep[]): readonly CircuitStep[] {
  const first = circuit.findIndex((step) => step.outcome !== 'passed');
  if (first < 0) return [];
  const { start, end } = signedTogether(circuit, first);
  return circuit.slice(start, end).filter((step) => step.outcome !== 'passed');
}

/** The step whose turn it is; the first of them where several may be taken. */
export function currentStep(circuit: readonly CircuitStep[]): CircuitStep | null {
  return openSteps(circuit)[0] ?? null;
}

/** From where to where steps may be signed in any order with the one at a place; alone, it is only itself. */
export function signedTogether(
  circuit: readonly Step[],
  place: number,
): Readonly<{ start: number; end: number }> {
  const joins = (at: number): boolean =>
    circuit[at]?.together === true && circuit[at]?.kind === 'sign' && circuit[at - 1]?.kind === 'sign';
  let [start, end] = [place, place + 1];
  while (joins(start)) start -= 1;
  while (joins(end)) end += 1;
  return { start, end };
}

/** The leaders who sign, in the order of their blocks on the page: the lead's first. */
export function signersOf<Kind extends Step>(circuit: readonly Kind[]): readonly Kind[] {
  return circuit.filter(({ kind }) => kind === 'sign').toSorted((a, b) => (a.block ?? 1) - (b.block ?? 1));
}

/** The field of the page a signing or initialling step fills; null for one that puts nothing on it. */
export function fieldOf(circuit: readonly Step[], step: Step): string | null {
  if (step.kind === 'sign') return (step.block ?? 1) === 1 ? 'leader' : `leader-${step.block}`;
  if (step.kind !== 'initials') return null;
  const place = circuit.filter(({ kind }) => kind === 'initials').findIndex(({ id }) => id === step.id);
  return `initials-${place + 1}`;
}
