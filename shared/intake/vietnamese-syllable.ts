const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const initial = '(?:ngh|ng|gh|nh|ch|tr|th|ph|kh|gi|qu|[bcdđghklmnprstvx])';
// Nucleus with its glide, tone marks taken off; longest first.
const nucleus =
  '(?:oai|oay|oeo|uây|uôi|ươi|ươu|uya|uyê|uyu|iêu|yêu|uêu|oao|uai|uay|uao|ueo|' +
  'ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|ue|uă|' +
  'a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)';
const final = '(?:ng|nh|ch|c|m|n|p|t|k)';
const shape = new RegExp(`^${initial}?${nucleus}${final}?$`, 'u');
// Đèn “stopped” endings carry only the rising or the heavy tone.
const stopped = /(?:c|ch|p|t)$/u;

/** Whether a word could be a Vietnamese syllable by its spelling alone; case does not matter. */
export function isVietnameseSyllable(word: string): boolean {
  const parts = word.toLowerCase().normalize('NFD');
  const marks = parts.match(tones) ?? [];
  if (marks.length > 1) return false;
  const base = parts.replace(tones, '').normalize('NFC');
  if (!shape.test(base)) return false;
  const [mark] = marks;
  return !stopped.test(base) || mark === '\u0301' || mark === '\u0323';
}
