import type { Random } from './random.ts';

const oddBytes = [0, 0x20, 0x28, 0x30, 0x39, 0x3c, 0x3e, 0x5b, 0x5d, 0x7f, 0x80, 0x84, 0xff];

/** One change that knows nothing of the format, at or after `from`. */
export function mutateBytes(bytes: Buffer, random: Random, other: Buffer, from = 0): Buffer {
  const at = from + random.below(Math.max(1, bytes.length - from));
  const length = 1 + random.below(random.once(3) ? 400 : 12);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (random.below(8)) {
    case 0:
    case 1: {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
      return changed;
    }
    case 2: {
      const changed = Buffer.from(bytes);
      changed[at] = random.once(2) ? random.pick(oddBytes) : random.below(256);
      return changed;
    }
    case 3:
      return Buffer.concat([before, after.subarray(length)]);
    case 4: {
      const source = random.below(bytes.length);
      return Buffer.concat([before, bytes.subarray(source, source + length), after]);
    }
    case 5: {
      const changed = Buffer.from(bytes);
      const source = random.below(bytes.length);
      changed.copyWithin(at, source, source + length);
      return changed;
    }
    case 6: {
      const source = random.below(other.length);
      return Buffer.concat([before, other.subarray(source, source + length), after.subarray(length)]);
    }
    default:
      return random.once(3) ? Buffer.from(before) : Buffer.concat([before, Buffer.alloc(length), after]);
  }
}
