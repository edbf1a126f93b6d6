import { useEffect, useRef } from 'react';
import { core } from '../../app/client.ts';
import { useSession } from '../../app/session.tsx';
import { markIdle } from './idle-mark.ts';

const input = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
const checkMs = 5000;
const tellMs = 60_000;

/** Locks the window when nobody has touched it for as long as the session allows (QCVN 12:2026/BCA). */
export function IdleLock() {
  const { session, signOut } = useSession();
  const leave = useRef(signOut);
  useEffect(() => {
    leave.current = signOut;
  });
  const limitMs = session.idleLockMinutes * 60_000;
  useEffect(() => {
    let usedAtMs = Date.now();
    let toldAtMs = Date.now();
    const use = (): void => {
      usedAtMs = Date.now();
      if (usedAtMs - toldAtMs < tellMs) return;
      // Reading a page asks the core nothing, but is use all the same.
      toldAtMs = usedAtMs;
      core.session.current({}).catch(() => undefined);
    };
    const check = setInterval(() => {
      if (Date.now() - usedAtMs < limitMs) return;
      markIdle();
      leave.current();
    }, checkMs);
    for (const event of input) addEventListener(event, use, { capture: true, passive: true });
    return () => {
      clearInterval(check);
      for (const event of input) removeEventListener(event, use, { capture: true });
    };
  }, [limitMs]);
  return null;
}
