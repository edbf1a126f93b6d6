import { Box } from '@mantine/core';
import type { Agency } from '#shared/directory/public.ts';
import { Facts } from '../../ui/facts.tsx';
import { ListLoading } from '../../ui/list-states.tsx';
import { useWords } from '../../ui/use-words.ts';
import { sayDays, sayKinds } from './delegation-words.ts';
import { useDirectory } from './names.ts';
import './directory.css';

/** The agency itself: whom it answers to, its codes of both forms, the books its numbers come from. */
export function AgencyView() {
  const words = useWords();
  const { own } = useDirectory();
  if (own === null) return <ListLoading label={words('directory.agency')} />;
  const certificate = own.sealCertificate === null ? 'unknown' : 'known';
  return (
    <Box component="article" className="directory-pane" aria-labelledby="directory-agency" tabIndex={0}>
      <h2 id="directory-agency">{own.name}</h2>
      <Facts
        facts={[
          { label: words('directory.agency.superior'), value: own.superior, wide: true },
          { label: words('directory.agency.place'), value: own.place },
          { label: words('directory.agency.symbol'), value: own.symbol },
          { label: words('directory.agency.level'), value: words(`directory.level.${own.level}`) },
          { label: words('directory.agency.collective'), value: own.collective },
          { label: words('directory.agency.seal'), value: words(`directory.certificate.${certificate}`) },
          { label: words('directory.agency.contact'), value: own.contact, wide: true },
        ]}
      />
      <Codes agency={own} />
      <section aria-labelledby="directory-books">
        <h3 id="directory-books">{words('directory.books')}</h3>
        <ul className="directory-lines">
          {own.books.map((book) => (
            <li key={book.id}>
              <strong>{book.name}</strong>
              <span className="dim">{sayKinds(book.kinds, words('directory.books.rest'), words)}</span>
            </li>
          ))}
        </ul>
      </section>
    </Box>
  );
}

/** Both forms stand side by side with the days they are valid (QĐ 20/2020/QĐ-TTg, and the older 13 characters). */
function Codes({ agency }: Readonly<{ agency: Agency }>) {
  const words = useWords();
  return (
    <section aria-labelledby="directory-codes">
      <h3 id="directory-codes">{words('directory.codes')}</h3>
      {agency.codes.length === 0 ? (
        <p className="dim">{words('directory.codes.none')}</p>
      ) : (
        <ul className="directory-lines">
          {agency.codes.map(({ form, code, validFrom, validTo }) => (
            <li key={`${form} ${code} ${validFrom}`}>
              <strong className="figures">{code}</strong>
              <span className="dim figures">
                {words(`directory.codes.${form}`)} · {sayDays(validFrom, validTo, words)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
