import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Agency } from '#shared/directory/public.ts';
import { Facts } from '../../ui/facts.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useWords } from '../../ui/use-words.ts';
import { sayDays, sayKinds } from './delegation-words.ts';
import './directory.css';

/** An agency: whom it answers to, its codes of both forms, and the books its numbers come from; acts on it as children. */
export function AgencyView({ agency, children }: Readonly<{ agency: Agency; children?: ReactNode }>) {
  const words = useWords();
  const certificate = agency.sealCertificate === null ? 'unknown' : 'known';
  return (
    <Box component="article" className="directory-pane" aria-labelledby="directory-agency" tabIndex={0}>
      <header className="directory-head">
        <h2 id="directory-agency">{agency.name}</h2>
        {agency.own && <StateMark label={words('directory.agency.own')} tone="action" waiting />}
      </header>
      <Facts
        facts={[
          { label: words('directory.agency.superior'), value: agency.superior, wide: true },
          { label: words('directory.agency.place'), value: agency.place },
          { label: words('directory.agency.symbol'), value: agency.symbol },
          { label: words('directory.agency.level'), value: words(`directory.level.${agency.level}`) },
          { label: words('directory.agency.collective'), value: agency.collective },
          { label: words('directory.agency.seal'), value: words(`directory.certificate.${certificate}`) },
          { label: words('directory.agency.contact'), value: agency.contact, wide: true },
        ]}
      />
      {children}
      <Codes agency={agency} />
      {agency.books.length > 0 && <Books agency={agency} />}
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

function Books({ agency }: Readonly<{ agency: Agency }>) {
  const words = useWords();
  return (
    <section aria-labelledby="directory-books">
      <h3 id="directory-books">{words('directory.books')}</h3>
      <ul className="directory-lines">
        {agency.books.map((book) => (
          <li key={book.id}>
            <strong>{book.name}</strong>
            <span className="dim">{sayKinds(book.kinds, words('directory.books.rest'), words)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
