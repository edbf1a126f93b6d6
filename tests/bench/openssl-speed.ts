import { execFileSync } from 'node:child_process';
import type { Timing } from './measure.ts';

const names = {
  'rsa-2048': 'rsa2048',
  'rsa-3072': 'rsa3072',
  'rsa-4096': 'rsa4096',
  'p-256': 'ecdsap256',
  'p-384': 'ecdsap384',
} as const;
export type KeyType = keyof typeof names;

/** How long one bare signature and one bare check take `openssl speed` on this machine, or null without it. */
export function opensslSpeed(keyType: KeyType): Readonly<{ sign: Timing; verify: Timing }> | null {
  const args = ['speed', '-mr', '-seconds', '1', names[keyType]];
  let said: string;
  try {
    said = execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return null;
  }
  // `+F2:2:2048:2381.5:81012.3` for RSA, `+F4:…` for ECDSA: signatures and checks a second.
  const [, sign, verify] = /^\+F[24]:\d+:\d+:([\d.]+):([\d.]+)$/m.exec(said) ?? [];
  if (sign === undefined || verify === undefined) return null;
  return { sign: at(Number(sign)), verify: at(Number(verify)) };
}

function at(perSecond: number): Timing {
  const ms = Math.round(1e6 / perSecond) / 1000;
  return { p50: ms, p99: ms, perSecond: Math.round(perSecond), calls: Math.round(perSecond) };
}
