import { IdentityPolicySchema, type Agency, type IdentityPolicy } from '#shared/directory/public.ts';

/** What is filled in, as text. */
export type IdentityForm = Readonly<{
  name: string;
  issuer: string;
  clientId: string;
  secret: string;
  equals: IdentityPolicy['equals'];
  claim: string;
  strong: string;
}>;

export function identityFormOf(identity: Agency['identity']): IdentityForm {
  if (identity === null) {
    return { name: '', issuer: '', clientId: '', secret: '', equals: 'email', claim: 'email', strong: '' };
  }
  return { ...identity, secret: '', strong: identity.strong.join(', ') };
}

/** The arrangement as it would be recorded; undefined while a part of it is missing or none. */
export function readIdentityForm({
  secret: _secret,
  strong,
  ...form
}: IdentityForm): IdentityPolicy | undefined {
  const levels = strong.split(/[,\s]+/u).filter((level) => level !== '');
  return IdentityPolicySchema.safeParse({ ...form, strong: levels }).data;
}
