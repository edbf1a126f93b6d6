import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { contentSecurityPolicy, newNonce, nonceMark, protectiveHeaders } from './content-security.ts';

export type ScreenFile = Readonly<{
  status: 200 | 404;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array<ArrayBuffer>;
}>;

const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
};

/**
 * One built file by the path of its address, with its headers. A path without an ending is a place inside the
 * office, so it gets the page. Nothing outside the folder is ever read.
 */
export async function readScreen(folder: string, address: string): Promise<ScreenFile> {
  const path = inside(folder, address);
  if (path === null) return missing();
  if (extname(path) === '' || path.endsWith('.html')) return page(join(folder, 'index.html'));
  const kind = kinds[extname(path)];
  const body = kind === undefined ? null : await readOrNull(path);
  if (kind === undefined || body === null) return missing();
  const headers = {
    ...protectiveHeaders,
    'Content-Type': kind,
    // Asset names carry a hash of their bytes; anything else may change with the next version.
    'Cache-Control': path.includes(`${sep}assets${sep}`)
      ? 'private, max-age=31536000, immutable'
      : 'no-store',
  };
  return { status: 200, headers, body };
}

async function page(path: string): Promise<ScreenFile> {
  const bytes = await readOrNull(path);
  if (bytes === null) return missing();
  const nonce = newNonce();
  const html = new TextDecoder().decode(bytes).replaceAll(nonceMark, nonce);
  const headers = {
    ...protectiveHeaders,
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': contentSecurityPolicy(nonce),
  };
  return { status: 200, headers, body: new TextEncoder().encode(html) };
}

function inside(folder: string, address: string): string | null {
  const decoded = decodeOrNull(address);
  if (decoded === null || decoded.includes('\0')) return null;
  const root = resolve(folder);
  const path = resolve(root, `.${decoded.replaceAll('\\', '/')}`);
  return path === root || path.startsWith(root + sep) ? path : null;
}

function decodeOrNull(address: string): string | null {
  try {
    return decodeURIComponent(address);
  } catch {
    return null;
  }
}

async function readOrNull(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    return null;
  }
}

function missing(): ScreenFile {
  const headers = {
    ...protectiveHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
  };
  return { status: 404, headers, body: new TextEncoder().encode('404') };
}
