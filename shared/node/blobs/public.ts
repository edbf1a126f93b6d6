export { openArriving, type Arriving } from './arriving.ts';
export { openBlobs, type Blobs } from './blobs.ts';
