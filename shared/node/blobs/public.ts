export { openArriving, openPieces, type Arriving } from './arriving.ts';
export { folderStore, type BlobStore } from './blob-store.ts';
export { blobKeyOf, openBlobs, whenWhole, type Blobs } from './blobs.ts';
export { takeFromCopies } from './from-copies.ts';
export { isWhole, openSealed, readRange, type SealedReader } from './read-sealed.ts';
export { plainSizeOf } from './sealed-file.ts';
export { writeSealed, type StoredBlob } from './write-sealed.ts';
