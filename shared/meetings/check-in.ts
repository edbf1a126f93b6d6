import { utf8ToBytes } from '@noble/hashes/utils.js';
import { hashBytes, type Hash, type MeetingId } from '../kernel/public.ts';

/**
 * The code on the wall as the log has it. Whoever is invited could find it out from this; it tells that somebody sat in
 * the room only as far as people are honest, as a list that goes round does.
 */
export function checkInCode(meeting: MeetingId, code: string): Hash {
  return hashBytes(utf8ToBytes(`antin check-in 1\n${meeting}\n${code}`));
}
