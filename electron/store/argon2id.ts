import * as crypto from 'node:crypto';
import { promisify } from 'node:util';
import { argon2id as wasmArgon2id } from 'hash-wasm';

type Asked = Readonly<{
  /** UTF-8 bytes. */
  password: Uint8Array;
  /** At least 8 bytes. */
  salt: Uint8Array;
  memoryKiB: number;
  iterations: number;
  parallelism: number;
}>;

const keyBytes = 32;
const isInNode = hasOwn();

/**
 * Argon2id version 1.3 (RFC 9106), 32 bytes. Node's own library derives beside the program, so that a window never
 * waits for a passphrase; Electron's has no Argon2, and WebAssembly gives the same bytes.
 */
export function argon2id(asked: Asked): Promise<Uint8Array> {
  return isInNode ? inNode(asked) : inWasm(asked);
}

async function inNode({ password, salt, memoryKiB, iterations, parallelism }: Asked): Promise<Uint8Array> {
  const derived = await promisify(crypto.argon2)('argon2id', {
    message: password,
    nonce: salt,
    memory: memoryKiB,
    passes: iterations,
    parallelism,
    tagLength: keyBytes,
  });
  return new Uint8Array(derived);
}

let before: Promise<unknown> = Promise.resolve();

/** One after another: each takes its whole memory as soon as it is asked. */
export function inWasm({ password, salt, memoryKiB, iterations, parallelism }: Asked): Promise<Uint8Array> {
  const derived = before.then(() =>
    wasmArgon2id({
      password,
      salt,
      memorySize: memoryKiB,
      iterations,
      parallelism,
      hashLength: keyBytes,
      outputType: 'binary',
    }),
  );
  before = derived.catch(() => null);
  return derived;
}

function hasOwn(): boolean {
  try {
    const nothing = new Uint8Array(8);
    crypto.argon2Sync('argon2id', {
      message: nothing,
      nonce: nothing,
      memory: 8,
      passes: 1,
      parallelism: 1,
      tagLength: keyBytes,
    });
    return true;
  } catch {
    return false; // No such function, or a library without it.
  }
}
