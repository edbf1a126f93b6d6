import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
};

/** The policy of every page of ours (`design.md` 8); `wasm-unsafe-eval` is the one named exception. */
export function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** One built file, or the page itself for an address of the app's own; nothing outside the folder. */
export function serveFile(folder: string, pathname: string, response: ServerResponse): void {
  const path = join(folder, normalize(decodeURIComponent(pathname)));
  const isInside = path.startsWith(join(folder, '/'));
  if (isInside && extname(path) !== '' && extname(path) !== '.html') {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return end(response, 404);
    response.writeHead(200, {
      ...headers,
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      'cache-control': pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
    });
    response.end(readFileSync(path));
    return;
  }
  if (!isInside) return end(response, 404);
  const nonce = randomBytes(16).toString('base64');
  const page = readFileSync(join(folder, 'index.html'), 'utf8').replaceAll('__NONCE__', nonce);
  response.writeHead(200, {
    ...headers,
    'content-type': types['.html'],
    'content-security-policy': contentPolicy(nonce),
    'cache-control': 'no-store',
  });
  response.end(page);
}

const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, headers);
  response.end();
}
