import type { Body, BodyRules, ResultRule, Share } from '#shared/meetings/public.ts';
import type { Words } from '../../ui/words.ts';

/** `quá 1/2`, `ít nhất 2/3`. */
export function sayShare({ parts, of, more }: Share, words: Words): string {
  return words(more ? 'meetings.share.more' : 'meetings.share.least', { share: `${parts}/${of}` });
}

/** `quá 1/2 tổng số thành viên; ngang phiếu thì theo chủ tọa`. */
export function sayResult({ base, share, tie }: ResultRule, words: Words): string {
  return words('meetings.rules.result.said', {
    share: sayShare(share, words),
    base: words(`meetings.base.${base}`),
    tie: words(`meetings.tie.${tie}`),
  });
}

export function saySilence({ silence }: Pick<BodyRules, 'silence'>, words: Words): string {
  return words(`meetings.silence.${silence}`);
}

export function sayProxies({ proxies }: Pick<BodyRules, 'proxies'>, words: Words): string {
  if (proxies === null) return words('meetings.rules.proxies.none');
  return words(proxies.inQuorum ? 'meetings.rules.proxies.counted' : 'meetings.rules.proxies.some', {
    count: proxies.most,
  });
}

/** `thứ Hai tuần thứ nhất hằng tháng, 08:00`. */
export function saySeries(series: Body['series'], words: Words): string {
  if (series === null || series === undefined) return words('meetings.series.none');
  const { every, weekday, nth, hour } = series;
  const day = words(`ui.weekday.${weekday}`);
  return every === 'week'
    ? words('meetings.series.said.week', { day, hour })
    : words('meetings.series.said.month', { day, hour, nth: words(`meetings.series.nth.${nth}`) });
}
