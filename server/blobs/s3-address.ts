import { z } from 'zod';
import { AppError } from '#shared/kernel/public.ts';

/** A place in an S3-compatible store, and who asks there. */
export type S3Address = Readonly<{
  /** `s3://bucket/prefix`, for people and for marks: never who asks. */
  name: string;
  /** Where its objects are, ending in a slash. */
  base: URL;
  /** Where the bucket itself is asked, for its listing. */
  bucketUrl: URL;
  prefix: string;
  region: string;
  keys: Readonly<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;
}>;

const KeysSchema = z.object({
  AWS_ACCESS_KEY_ID: z.string().min(1),
  AWS_SECRET_ACCESS_KEY: z.string().min(1),
  AWS_SESSION_TOKEN: z.string().min(1).optional(),
});

// As S3 names buckets, and prefixes of letters that need no escape.
const bucketForm = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u;
const prefixForm = /^(?:[\w.-]+(?:\/[\w.-]+)*)?$/u;
const settings: ReadonlySet<string> = new Set(['endpoint', 'region']);

/**
 * Reads `s3://bucket/prefix?endpoint=https://…&region=…`. Without an endpoint it is Amazon's own. Who asks comes from
 * the environment, as every S3 program has it, and never from the address, which is shown and logged.
 */
export function readS3Address(text: string, environment: NodeJS.ProcessEnv): S3Address {
  const wrong = () => new AppError('server.blobs-address');
  if (!URL.canParse(text)) throw wrong();
  const url = new URL(text);
  if (url.protocol !== 's3:' || url.username !== '' || url.password !== '') throw wrong();
  const bucket = url.hostname;
  const prefix = url.pathname.replaceAll(/^\/+|\/+$/gu, '');
  const isKnown = [...url.searchParams.keys()].every((name) => settings.has(name));
  if (!bucketForm.test(bucket) || !prefixForm.test(prefix) || !isKnown) throw wrong();
  const region = url.searchParams.get('region') ?? 'us-east-1';
  const bucketUrl = bucketUrlOf(bucket, region, url.searchParams.get('endpoint'));
  const keys = KeysSchema.safeParse(environment);
  if (!keys.success) throw new AppError('server.blobs-keys');
  return {
    name: `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`,
    base: new URL(prefix === '' ? '' : `${prefix}/`, bucketUrl),
    bucketUrl,
    prefix: prefix === '' ? '' : `${prefix}/`,
    region,
    keys: {
      accessKeyId: keys.data.AWS_ACCESS_KEY_ID,
      secretAccessKey: keys.data.AWS_SECRET_ACCESS_KEY,
      ...(keys.data.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: keys.data.AWS_SESSION_TOKEN }),
    },
  };
}

/** A store of one's own is asked by path, which needs no name of its own for every bucket. */
function bucketUrlOf(bucket: string, region: string, endpoint: string | null): URL {
  if (endpoint === null) return new URL(`https://${bucket}.s3.${region}.amazonaws.com/`);
  if (!URL.canParse(endpoint)) throw new AppError('server.blobs-address');
  const url = new URL(endpoint);
  const isPlain = url.username === '' && url.password === '' && url.search === '';
  if (!isPlain) throw new AppError('server.blobs-address');
  // Names and lengths of files are readable on the way of plain HTTP: on this machine only.
  const isHere = url.protocol === 'http:' && /^(?:127[.]|localhost$|\[::1\]$)/u.test(url.hostname);
  if (url.protocol !== 'https:' && !isHere) throw new AppError('server.blobs-address');
  return new URL(`${url.pathname.replace(/\/*$/u, '/')}${bucket}/`, url);
}
