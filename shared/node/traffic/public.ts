export { createBucket, type Bucket } from './bucket.ts';
