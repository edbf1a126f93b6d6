/** What proves at a later time that a signature's certificates were good: DER each, OCSP replies whole. */
export type Evidence = Readonly<{
  certificates: readonly Uint8Array[];
  ocsps: readonly Uint8Array[];
  crls: readonly Uint8Array[];
}>;

export const noEvidence: Evidence = { certificates: [], ocsps: [], crls: [] };
