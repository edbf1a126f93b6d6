/** Eight groups of eight, as people read a fingerprint out. */
export function inGroups(fingerprint: string): string {
  return (fingerprint.match(/.{8}/gu) ?? []).join(' ');
}
