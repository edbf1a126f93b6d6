import { sameBytes, type Certificate } from './certificate.ts';
import { isIssuedBy } from './issued-by.ts';

const maxLevels = 8;

/** The certificate and those that issued it, as far up as the given ones lead; whether they are trusted is not asked. */
export function chainFrom(leaf: Certificate, pool: readonly Certificate[]): readonly Certificate[] {
  const chain = [leaf];
  for (let last = leaf; chain.length < maxLevels && !sameBytes(last.subjectName, last.issuerName);) {
    const issuer = pool.find((one) => one.isAuthority && isIssuedBy(last, one));
    if (issuer === undefined) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}
