import type { FindingCode, Findings } from './findings.ts';

/** What a file's name must not be: it leads out of its folder, or means something else on another system. */
export function faultInPath(path: string): FindingCode | null {
  const plain = path.replaceAll('\\', '/');
  if (/^(?:\/|[A-Za-z]:)/.test(plain)) return 'path-absolute';
  const names = plain.split('/');
  if (names.includes('..')) return 'path-traversal';
  const isLong = Buffer.byteLength(path) > 1024 || names.some((name) => Buffer.byteLength(name) > 255);
  if (isLong) return 'path-long';
  return path.includes('\\') || names.some(isOdd) ? 'path-form' : null;
}

const odd = /^\.?$|[\p{Cc}\p{Surrogate}<>:"|?*]|[. ]$/u;
/** Windows takes these for devices, whatever follows the point. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

function isOdd(name: string): boolean {
  return odd.test(name) || device.test(name);
}

/** Watches paths go by: on some systems two of them would be one file. */
export function openClashCheck(
  findings: Findings,
): Readonly<{ add: (path: string) => boolean; end: () => void }> {
  const files = new Map<string, string>();
  const folders = new Map<string, string>();

  function clash(known: ReadonlyMap<string, string>, path: string): FindingCode | null {
    const other = known.get(foldedOf(path));
    if (other === undefined || other === path) return null;
    return other.normalize('NFC') === path.normalize('NFC') ? 'path-normalisation' : 'path-case';
  }

  return {
    /** False for a path that is there already. */
    add: (path) => {
      const key = foldedOf(path);
      const isTwice = files.get(key) === path;
      const code = isTwice ? 'path-twice' : clash(files, path);
      if (code !== null) findings.add(code, path);
      if (!files.has(key)) files.set(key, path);
      for (const folder of foldersOf(path)) {
        const met = clash(folders, folder);
        if (met !== null) findings.add(met, folder);
        folders.set(foldedOf(folder), folder);
      }
      return !isTwice;
    },
    end: () => {
      for (const [key, path] of files) if (folders.has(key)) findings.add('path-file-and-folder', path);
    },
  };
}

/** Small and capital letters, composed and decomposed accents alike. */
function foldedOf(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

function* foldersOf(path: string): Generator<string> {
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) yield path.slice(0, at);
}
