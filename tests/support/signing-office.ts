import { InstantSchema } from '#shared/kernel/public.ts';
import {
  issueAgencyCa,
  issueCertificate,
  type AgencyCa,
  type IssuedCertificate,
} from '#shared/node/pdf-signing/public.ts';

/** The moment at which the tests sign. */
export const signedAt = InstantSchema.parse('2026-11-23T01:20:00.000Z');
export const validFrom = InstantSchema.parse('2026-01-01T00:00:00.000Z');

export type SigningOffice = Readonly<{
  ca: AgencyCa;
  leader: IssuedCertificate;
  officer: IssuedCertificate;
  seal: IssuedCertificate;
}>;

/** An agency with its own authority and the certificates of a leader, an officer and its seal. */
export function signingOffice(): SigningOffice {
  const organisation = 'UBND tỉnh Đồng Nai';
  const ca = issueAgencyCa({ agencyName: organisation, country: 'VN', validFrom, years: 10 });
  const order = { ca, organisation, validFrom, years: 3 } as const;
  return {
    ca,
    leader: issueCertificate({ ...order, commonName: 'Nguyễn Văn Ấn', title: 'Chủ tịch', role: 'person' }),
    officer: issueCertificate({ ...order, commonName: 'Trần Thị Tín', unit: 'Văn phòng', role: 'person' }),
    seal: issueCertificate({ ...order, commonName: organisation, role: 'seal' }),
  };
}
