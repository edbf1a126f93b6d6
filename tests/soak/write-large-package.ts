// `node write-large-package.ts MEBIBYTES FILE`: one package of one large file, written and validated in a process of its
// own, so that the most memory each took can be told.
import { createHash } from 'node:crypto';
import { HashSchema } from '#shared/kernel/public.ts';
import { exportPackage, validatePackage } from '#shared/node/packages/public.ts';
import { aFile, aPackage, software } from '../support/packages/sample.ts';

const mebi = 1024 * 1024;
const [mebibytes, to] = [Number(process.argv[2]), process.argv[3] ?? ''];
const piece = Buffer.alloc(mebi, 'không giấy ');

async function* content(): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < mebibytes; done += 1) yield await Promise.resolve(piece);
}

const sha256 = createHash('sha256');
for await (const one of content()) sha256.update(one);
const large = {
  ...aFile('rendition', 'phim.mp4', ''),
  size: mebibytes * mebi,
  hash: HashSchema.parse(sha256.digest('hex')),
  open: content,
};
const given = aPackage('SIP_hoso');
// In the middle, so that what comes after it lies far.
const documents = given.documents.map((one, index) =>
  index === 1 ? { ...one, files: [...one.files, large] } : one,
);
const beginning = performance.now();
await exportPackage({ package: { ...given, documents }, to, software });
const written = performance.now();
const findings = await validatePackage(to);
const told = {
  writeMs: written - beginning,
  readMs: performance.now() - written,
  rss: process.resourceUsage().maxRSS * 1024,
  findings: findings.length,
};
process.stdout.write(JSON.stringify(told));
