export { ownPicture, type OwnPicture, type PictureUse } from './own-picture.ts';
export { dateLine } from './date-words.ts';
export { sealImage, signatureImage } from './images.ts';
export { markFont } from './mark-font.ts';
export { contentsPdf, registerPdf, type ContentsPrint, type RegisterPrint } from './register-pdf.ts';
export { typeset, type Typeset, type TypesetOptions } from './typeset.ts';
export {
  verificationPdf,
  type PrintedReason,
  type PrintedSignature,
  type VerificationPrint,
} from './verification-pdf.ts';
