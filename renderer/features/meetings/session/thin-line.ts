/** What a connection says of itself, all since it began. */
export type LineLook = Readonly<{ packets: number; lost: number; bitsPerSecond: number | null }>;

/** Below this a picture takes the place of the voice. */
const leastBitsPerSecond = 120_000;
const mostLost = 0.1;
const leastPackets = 20;

/** Whether a line carries voices and no pictures, by what passed between two looks. */
export function isThinLine(before: LineLook, now: LineLook): boolean {
  if (now.bitsPerSecond !== null && now.bitsPerSecond < leastBitsPerSecond) return true;
  const packets = now.packets - before.packets;
  const lost = now.lost - before.lost;
  return packets + lost >= leastPackets && lost / (packets + lost) > mostLost;
}
