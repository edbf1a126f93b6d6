export type Call = Readonly<{ name: string; args: readonly unknown[] }>;

/** Every call made to the double, in order. */
export const calls: Call[] = [];

/**
 * Wraps the few members the double has: each call is noted, and anything else is refused, so that a new use of
 * Electron cannot slip in untested.
 */
export function recorded<Members extends object>(name: string, members: Members): Members {
  return new Proxy(members, {
    get(target, member, receiver) {
      if (typeof member === 'symbol' || member === 'then') return Reflect.get(target, member, receiver);
      if (!Reflect.has(target, member)) throw new Error(`electron: ${name}.${member} is not in the double`);
      const value: unknown = Reflect.get(target, member, receiver);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]) => {
        calls.push({ name: `${name}.${member}`, args: args.map(plain) });
        return Reflect.apply(value, target, args) as unknown; // whatever the double's own member gives
      };
    },
    set(_target, member) {
      throw new Error(`electron: ${name}.${String(member)} may not be set`);
    },
  });
}

/** What can be told to another process: functions and live objects are named, not sent. */
function plain(value: unknown): unknown {
  try {
    return JSON.parse(
      JSON.stringify(value, (_key, part: unknown) => (typeof part === 'function' ? 'function' : part)),
    );
  } catch {
    return Object.prototype.toString.call(value);
  }
}
