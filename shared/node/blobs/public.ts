export { openBlobs, type Blobs } from './blobs.ts';
