/** What one case starts from: a sound file or blob, and what is needed to judge a changed one. Plain data only. */
export type Subject = Readonly<{ name: string; bytes: Uint8Array }> &
  (
    | Readonly<{ kind: 'pdf'; trust: readonly Uint8Array[]; at: string }>
    | Readonly<{ kind: 'certificate'; chain: readonly Uint8Array[] }>
    | Readonly<{ kind: 'cms'; pieces: readonly Uint8Array[] }>
    | Readonly<{ kind: 'timestamp'; stamped: readonly Uint8Array[]; nonce: Uint8Array; at: string }>
    | Readonly<{ kind: 'ocsp'; certificate: Uint8Array; issuer: Uint8Array; nonce: Uint8Array; at: string }>
    | Readonly<{ kind: 'crl'; certificate: Uint8Array; issuer: Uint8Array; at: string }>
    | Readonly<{ kind: 'pkcs12'; pin: string }>
    | Readonly<{ kind: 'shares'; secret: string }>
  );

export type PdfSubject = Extract<Subject, { kind: 'pdf' }>;
export type BlobSubject = Exclude<Subject, { kind: 'pdf' }>;
