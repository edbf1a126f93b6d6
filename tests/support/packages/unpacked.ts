import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exportPackage, type Package } from '#shared/node/packages/public.ts';
import { software } from './sample.ts';

/** A package of ours as a folder somebody has changed something in. */
export type Unpacked = Readonly<{
  root: string;
  read: (path: string) => string;
  write: (path: string, content: string | Uint8Array) => void;
  remove: (path: string) => void;
  /** One place changed; a test whose place is gone would prove nothing. */
  change: (path: string, from: string | RegExp, to: string) => void;
  /** Makes the METS say again what the files are, so that a fault in one of them is the only one. */
  reseal: (bases?: readonly string[]) => void;
}>;

export async function unpacked(
  folder: string,
  given: Package,
  as: 'package' | 'bag' = 'package',
): Promise<Unpacked> {
  mkdirSync(folder, { recursive: true });
  const zip = join(folder, 'gói.zip');
  await exportPackage({ package: given, to: zip, software, as });
  execFileSync('unzip', ['-q', zip, '-d', folder]);
  rmSync(zip);
  const root = join(folder, readdirSync(folder)[0] ?? '');
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  return {
    root,
    read,
    write,
    remove: (path) => rmSync(join(root, path)),
    change: (path, from, to) => {
      const text = read(path);
      const changed = text.replace(from, to);
      if (changed === text) throw new Error(`nothing to change in ${path}: ${String(from)}`);
      write(path, changed);
    },
    reseal: (bases = ['representations/rep1/', '']) => {
      for (const base of bases) {
        const told = read(`${base}METS.xml`).replaceAll(
          /<mets:(?:mdRef|file) .*?xlink:href="([^"]*)"/g,
          (whole: string, href: string) => {
            const path = join(root, base, href);
            if (!existsSync(path)) return whole;
            const bytes = readFileSync(path);
            const hash = createHash('sha256').update(bytes).digest('hex');
            return whole
              .replace(/ SIZE="\d+"/, ` SIZE="${bytes.length}"`)
              .replace(/ CHECKSUM="[0-9a-f]{64}"/, ` CHECKSUM="${hash}"`);
          },
        );
        write(`${base}METS.xml`, told);
      }
    },
  };
}

/** The entries of a stored ZIP of ours, by its central directory. */
export function unpackedEntries(zip: Buffer): readonly Readonly<{ name: string; content: Buffer }>[] {
  const end = zip.lastIndexOf(Buffer.from('504b0506', 'hex'));
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    const size = zip.readUInt32LE(at + 24);
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    return { name, content: zip.subarray(start, start + size) };
  });
}
