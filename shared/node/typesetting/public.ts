export { ownPicture, type OwnPicture, type PictureUse } from './own-picture.ts';
export { copySheetPdf } from './copy-sheet-pdf.ts';
export { dateLine } from '../../kernel/public.ts';
export { sealImage, signatureImage } from './images.ts';
export { markFont } from './mark-font.ts';
export { minutesPdf, type MinutesPrint } from './minutes-pdf.ts';
export { settable } from './settable.ts';
export { tablePdf, type PrintedTable } from './table-pdf.ts';
export { typeset, type Typeset, type TypesetOptions } from './typeset.ts';
export {
  verificationPdf,
  type PrintedReason,
  type PrintedSignature,
  type VerificationPrint,
} from './verification-pdf.ts';
export { cornerMark, footMark } from './page-marks.ts';
