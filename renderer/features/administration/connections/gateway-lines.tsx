import type { LineView } from '#shared/exchange/public.ts';
import { StateMark } from '../../../ui/marks.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useGatewayWord } from './use-gateway-word.ts';

/** The connections that speak edXML, as the gateway in the agency's server finds them; nothing where there is none. */
export function GatewayLines() {
  const words = useWords();
  const { data } = useGatewayWord();
  if (data === undefined || data.lines.length === 0) return null;
  return (
    <section aria-labelledby="connections-lines">
      <h2 id="connections-lines">{words('connections.lines')}</h2>
      <ul className="connections-list">
        {data.lines.map((line) => (
          <LineRow key={line.id} line={line} />
        ))}
      </ul>
    </section>
  );
}

function LineRow({ line: { name, kind, seenAt, fault } }: Readonly<{ line: LineView }>) {
  const words = useWords();
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <StateMark label={words(`line.kind.${kind}`)} tone={fault === null ? 'proven' : 'soon'} />
        <p className="dim">
          {seenAt === null ? words('connections.line.unseen') : words('connections.line.seen')}{' '}
          {seenAt !== null && <RelativeTime at={seenAt} />}
        </p>
        <p className={fault === null ? 'dim' : undefined}>
          {fault === null ? words('connections.line.well') : words(`refusal.${fault.code}`, fault.params)}
        </p>
      </div>
    </li>
  );
}
