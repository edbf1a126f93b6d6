import { isAlarmCode, type ConnectionView, type ListedAlarm } from '#shared/exchange/public.ts';
import { Note } from '../../../ui/gate.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { useWords } from '../../../ui/use-words.ts';
import type { Words } from '../../../ui/words.ts';
import { useGatewayWord } from './use-gateway-word.ts';

/** What the gateway in the agency's server told a person, the newest first; it keeps it, whether anybody looks or not. */
export function GatewayAlarms({ peers }: Readonly<{ peers: readonly ConnectionView[] }>) {
  const words = useWords();
  const { data, error, isError } = useGatewayWord();
  return (
    <section aria-labelledby="connections-alarms">
      <h2 id="connections-alarms">{words('connections.alarms')}</h2>
      {isError && (
        <Note tone="soon">{words('connections.alarms.away', { reason: sentenceOf(error, words) })}</Note>
      )}
      {data?.alarms.length === 0 && <p className="dim">{words('connections.alarms.none')}</p>}
      {data !== undefined && data.alarms.length > 0 && (
        <ul className="connections-list">
          {data.alarms.map((alarm) => (
            <li key={`${alarm.at} ${alarm.code} ${alarm.peer ?? ''} ${alarm.about ?? ''}`}>
              <div>{sayAlarm(alarm, { peers, words })}</div>
              <span className="dim">
                <RelativeTime at={alarm.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function sayAlarm(
  { code, peer, about }: ListedAlarm,
  { peers, words }: Readonly<{ peers: readonly ConnectionView[]; words: Words }>,
): string {
  const named = peers.find(({ id }) => id === peer)?.name ?? peer;
  const told = { code, name: named ?? words('connections.alarm.nobody'), about: about ?? '' };
  return words(isAlarmCode(code) ? `alarm.${code}` : 'connections.alarm.other', told);
}
