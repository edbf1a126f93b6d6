export { openPkcs12 } from './pki/pkcs12.ts';
export { checkSignerKey, type SignerKey } from './pki/signer-key.ts';
export {
  issueAgencyCa,
  issueCertificate,
  openAgencyCa,
  type AgencyCa,
  type AgencyCaOrder,
  type CertificateOrder,
  type IssuedCertificate,
} from './pki/agency-ca.ts';
export { readCertificate, type Certificate } from './pki/certificate.ts';
export { signField, type SignOrder, type SignRole } from './write/sign-field.ts';
export type { Appearance } from './write/signature-appearance.ts';
export { fillTextFields, type FillOrder } from './write/fill-text-fields.ts';
export { verifyPdf, type VerifyQuestion } from './verify/verify-pdf.ts';
export { readTrustFile } from './pki/trust-file.ts';
export { ecdsaSignatureInDer } from './cms/ecdsa.ts';
