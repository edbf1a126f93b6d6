export { openBlobs, type Blobs, type BlobsParts, type StoredBlob } from './blobs.ts';
