export { openPkcs12 } from './pki/pkcs12.ts';
export { checkSignerKey, outsideSigner, type SignerKey } from './pki/signer-key.ts';
export {
  agencyCaOf,
  issueAgencyCa,
  issueCertificate,
  issueIssuingLevel,
  openAgencyCa,
  renewCertificate,
  type AgencyCa,
  type AgencyCaOrder,
  type CertificateOrder,
  type IssuedCertificate,
  type IssuingLevelOrder,
  type RenewalOrder,
} from './pki/agency-ca.ts';
export { issueCrl, type CrlOrder, type Revocation } from './pki/issue-crl.ts';
export { answerOcsp, refuseOcsp, type OcspService } from './pki/answer-ocsp.ts';
export { joinPassphrase, splitPassphrase, type SharePlan } from './pki/recovery-shares.ts';
export type { Ask } from './evidence/ask.ts';
export { noEvidence, type Evidence } from './evidence/evidence.ts';
export { askTimestamp, type TimestampService } from './evidence/timestamp.ts';
export { judgeKeptTimestamp, type TimestampFault } from './evidence/check-timestamp.ts';
export { gatherEvidence, type GatherOrder, type Gathered } from './evidence/gather.ts';
export { addDocumentTimestamp, type DocumentTimestampOrder } from './write/add-document-timestamp.ts';
export { proveLastTimestamp } from './write/prove-last-timestamp.ts';
export {
  addValidationData,
  isUnanswered,
  type Validated,
  type ValidationOrder,
} from './write/add-validation-data.ts';
export {
  renewTimestamp,
  renewalDue,
  type RenewalDue,
  type TimestampRenewal,
} from './write/renew-timestamp.ts';
export { raiseToLevel, signToLevel } from './write/raise-to-level.ts';
export { tryTimestamps, type Tried } from './evidence/try-timestamps.ts';
export { addDss, type DssOrder } from './write/add-dss.ts';
export { readCertificate, type Certificate } from './pki/certificate.ts';
export { signField, type SignOrder, type SignRole } from './write/sign-field.ts';
export { markedField } from './write/marked-field.ts';
export type { TextMark } from './write/text-mark.ts';
export { readPng } from './write/png-image.ts';
export type { Appearance } from './write/signature-appearance.ts';
export { fillTextFields, type FillOrder } from './write/fill-text-fields.ts';
export { checkAddedSignature } from './verify/check-added-signature.ts';
export { judgeCertificate, type CertificateQuestion } from './verify/judge-certificate.ts';
export { readRootFile, rootFacts, type RootFacts } from './pki/root-file.ts';
export { readRevocationFile, type RevocationFile } from './evidence/revocation-file.ts';
export { verifyPdf, type VerifyQuestion } from './verify/verify-pdf.ts';
export { makeServerIdentity, type ServerIdentity } from './pki/server-identity.ts';
export {
  deviceCertificateFacts,
  issueDeviceCertificate,
  makeDeviceRoot,
  type DeviceCertificateOrder,
  type DeviceRoot,
} from './pki/device-certificates.ts';
export { readTrustFile } from './pki/trust-file.ts';
export { ecdsaSignatureInDer, ecdsaSignatureRaw } from './cms/ecdsa.ts';
export { readSigningCertificate } from './pki/certificate-file.ts';
export { buildCades } from './cms/build-cades.ts';
export {
  checkDetached,
  isSealingCertificate,
  recipientOf,
  type DetachedCheck,
} from './cms/check-detached.ts';
export { der, derNull, derOid, derSmallInteger, tag as derTag } from './cms/der.ts';
export { signerKeyFrom } from './pki/signer-key.ts';
