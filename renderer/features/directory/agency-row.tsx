import type { Agency } from '#shared/directory/public.ts';
import { ListRow } from '../../ui/list-row.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useWords } from '../../ui/use-words.ts';

/** An agency in the list: its name, whom it answers to or where it is, and the code it is found by. */
export function AgencyRow({ agency }: Readonly<{ agency: Agency }>) {
  const words = useWords();
  const code = agency.codes.find(({ validTo }) => validTo === null)?.code ?? agency.codes[0]?.code;
  return (
    <ListRow
      lead={agency.name}
      title={agency.superior ?? agency.place}
      state={
        <>
          {agency.own && <StateMark label={words('directory.agency.own')} tone="action" waiting />}
          <span className="dim one-line figures">
            {[agency.symbol, ...(code === undefined ? [] : [code])].join(' · ')}
          </span>
        </>
      }
    />
  );
}
