import type { Choice, Vote, VoteResult } from '#shared/meetings/public.ts';
import type { Words } from '../../../ui/words.ts';

/** What a ballot says, in words. */
export function sayChoice(choice: Choice, { question }: Pick<Vote, 'question'>, words: Words): string {
  if (choice.is === 'motion') return words(`vote-side.${choice.side}`);
  const names = optionsOf(question).flatMap(({ id, name }) => (choice.marks.includes(id) ? [name] : []));
  return names.length === 0 ? words('sitting.vote.blank') : names.join(', ');
}

export function optionsOf(question: Vote['question']): readonly Readonly<{ id: string; name: string }>[] {
  return question.is === 'choice' ? question.options : [];
}

/** Who said what of all who vote: "Tán thành 3, không tán thành 1, …". */
export function sayCounts(result: Extract<VoteResult, { of: 'motion' }>, words: Words): string {
  const { yes, no, abstain, silent } = result;
  return words('sitting.vote.counts', { yes, no, abstain, silent });
}

/** The outcome as a sentence with its numbers. */
export function sayResult(result: VoteResult, { question }: Pick<Vote, 'question'>, words: Words): string {
  if (result.is === 'no-quorum') return words('sitting.result.no-quorum', result.quorum);
  if (result.of === 'motion') {
    const { needed, has } = result;
    const said = words(`sitting.result.${result.is}`, { needed, has });
    return result.byChair ? `${said} ${words('minutes.by-chair')}` : said;
  }
  const named = (ids: readonly string[]) =>
    optionsOf(question)
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(', ');
  return result.is === 'elected'
    ? words('sitting.result.elected', { names: named(result.chosen), needed: result.needed })
    : words('sitting.result.again', { names: named(result.tied), needed: result.needed });
}

/** The rule a vote goes by, as it was frozen: "quá nửa tổng số thành viên". */
export function sayRule({ rule }: Pick<Vote, 'rule'>, words: Words): string {
  const { parts, of, more } = rule.share;
  const base = words(`sitting.base.${rule.base}`);
  const isHalf = parts * 2 === of;
  if (isHalf) return words(more ? 'sitting.rule.more-half' : 'sitting.rule.half', { base });
  return words(more ? 'sitting.rule.more' : 'sitting.rule.at-least', { base, parts, of });
}
