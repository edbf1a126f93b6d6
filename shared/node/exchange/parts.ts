import { hkdfSync } from 'node:crypto';
import type { Hash } from '../../kernel/public.ts';
import type { Payload } from '../../exchange/public.ts';
import type { BlobStore } from '../blobs/public.ts';
import type { Part } from './cover.ts';
import { forNamedKey, keyNameBytes, openedByNamed } from './recipients.ts';
import { keyBytes, nonceBytes, openContent, sealContent } from './sealed-content.ts';

const pieceBytes = 1024 * 1024;

/** More than any sealed part: what it opens to is bounded by the envelope. */
const mostBytes = 600 * 1024 * 1024;

/**
 * Seals a file once, for however many recipients: each is told its key in a cover of its own. Keys and nonce come from the server's
 * secret and the file's hash alone, so that a sealed part that was lost, with its folder, is made again with the very same bytes.
 * No nonce stands for two files under one key: another file has other keys.
 */
export async function sealPart(
  from: Pick<BlobStore, 'read'>,
  to: Pick<BlobStore, 'putStream'>,
  { place, hash, size, secret }: Readonly<{ place: number; hash: Hash; size: number; secret: Uint8Array }>,
): Promise<Part> {
  const { named, key, nonce } = keysFor(secret, hash);
  const recipient = forNamedKey(named, key);
  const sealed = sealContent(readAll(from, hash, size), { size, key, recipient, nonce });
  const stored = await to.putStream(sealed, { limitBytes: mostBytes });
  return {
    place,
    hash: stored.hash,
    size: stored.size,
    name: Buffer.from(named.name).toString('base64'),
    key: Buffer.from(named.key).toString('base64'),
  };
}

function keysFor(secret: Uint8Array, hash: Hash) {
  const length = keyNameBytes + 2 * keyBytes + nonceBytes;
  const bytes = new Uint8Array(hkdfSync('sha256', secret, hash, 'antin exchange part v1', length));
  const [nameEnd, namedEnd, keyEnd] = [keyNameBytes, keyNameBytes + keyBytes, keyNameBytes + 2 * keyBytes];
  return {
    named: { name: bytes.slice(0, nameEnd), key: bytes.slice(nameEnd, namedEnd) },
    key: bytes.slice(namedEnd, keyEnd),
    nonce: bytes.slice(keyEnd),
  };
}

/** Opens a part into the file its envelope names; anything but those very bytes is refused, and not kept. */
export async function openPart(
  from: Pick<BlobStore, 'read'>,
  to: Pick<BlobStore, 'putStream'>,
  { part, payload }: Readonly<{ part: Part; payload: Payload }>,
): Promise<void> {
  const named = { name: Buffer.from(part.name, 'base64'), key: Buffer.from(part.key, 'base64') };
  const plain = openContent(readAll(from, part.hash, part.size), openedByNamed(named));
  await to.putStream(plain, { limitBytes: payload.size, only: payload.sha256 });
}

async function* readAll(
  blobs: Pick<BlobStore, 'read'>,
  hash: Hash,
  size: number,
): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < size; at += pieceBytes) yield blobs.read(hash, at, pieceBytes);
}
