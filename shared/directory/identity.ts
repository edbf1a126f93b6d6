import { refuse, type Hash, type Refusal } from '../kernel/public.ts';
import type { IdentityPolicy, Person } from './model.ts';

/** What an identity provider says of whoever signed in there: the claims of a token that was checked. */
export type Claims = Readonly<Record<string, unknown>>;

type Asking = Readonly<{
  policy: IdentityPolicy;
  people: readonly Person[];
  /** The digest under which the server keeps the numbers that providers know people by. */
  digestOf: (text: string) => Hash;
}>;

/** The one person in office whom the claims name; nobody and several are refused alike, for their own reasons. */
export function personNamed(claims: Claims, { policy, people, digestOf }: Asking): Person | Refusal {
  const said = claims[policy.claim];
  if (typeof said !== 'string' || said.trim() === '') {
    return refuse('identity.no-claim', { claim: policy.claim });
  }
  const isUnverified = policy.equals === 'email' && claims['email_verified'] === false;
  if (isUnverified) return refuse('identity.email-unverified');
  const meant = named(policy, said, digestOf);
  const found = people.filter((person) => person.active && meant(person));
  const [one, another] = found;
  if (one === undefined) return refuse('identity.nobody');
  return another === undefined ? one : refuse('identity.several');
}

function named({ equals }: IdentityPolicy, said: string, digestOf: Asking['digestOf']) {
  if (equals === 'email') {
    const email = folded(said);
    return (person: Person) => person.email !== null && folded(person.email) === email;
  }
  const digest = digestOf(said.trim());
  return (person: Person) => person.identifier === digest;
}

function folded(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/** Whether the provider says that more than one factor was used (RFC 8176 `mfa`, or a level the agency named). */
export function isStrong(claims: Claims, { strong }: IdentityPolicy): boolean {
  const { amr, acr } = claims;
  if (Array.isArray(amr) && amr.includes('mfa')) return true;
  return typeof acr === 'string' && strong.includes(acr);
}

/** Administrators come in with more than one factor (QCVN 12:2026/BCA); a machine that is not enrolled yet is none. */
export function whyNotEnrolBy(claims: Claims, person: Person, policy: IdentityPolicy): Refusal | null {
  const needsMore = person.roles.includes('administrator') && !isStrong(claims, policy);
  return needsMore ? refuse('identity.needs-two-factors') : null;
}
