import type { DocumentPage, Incoming } from '#shared/documents/public.ts';
import { Note, Stack } from '../../ui/gate.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { DeliveryPanel } from '../exchange/public.ts';
import { DoorCheckSaid } from './door-check.tsx';
import { DocumentLink } from './document-link.tsx';
import { RegistrationFields } from './registration-fields.tsx';
import { SentAlong } from './sent-along.tsx';
import type { Registration } from './use-registration.ts';

type RegistrationPanelProps = Readonly<{
  page: DocumentPage;
  document: Incoming;
  registration: Registration;
  takesFocus: boolean;
}>;

/** The registration of a paper that has just come, beside its page. */
export function RegistrationPanel({ page, document, registration, takesFocus }: RegistrationPanelProps) {
  const words = useWords();
  const { pickable } = useDirectory();
  const twins = page.linked.filter(({ relation }) => relation === 'duplicateOf');
  const filled = Object.keys(document.suggestion?.fields ?? {}).length;
  const { form, setForm, asked, presentTo, setPresentTo, error } = registration;
  return (
    <Stack>
      <DeliveryPanel page={page} document={document} link={DocumentLink} />
      <SentAlong document={document} />
      {twins.length > 0 && (
        <Note tone="soon">
          <p>{words('registration.twins')}</p>
          {twins.map((twin) => (
            <p key={twin.document.id}>
              <DocumentLink row={twin.document} />
            </p>
          ))}
        </Note>
      )}
      {document.check !== null && (
        <DoorCheckSaid
          check={document.check}
          signer={form.signer}
          despite={registration.despite}
          onDespite={registration.setDespite}
          asked={asked}
        />
      )}
      {document.hasScript && <Note tone="soon">{words('registration.script')}</Note>}
      <Note>{words(filledFrom(document), { count: filled })}</Note>
      <RegistrationFields
        form={form}
        onChange={setForm}
        suggestion={document.suggestion}
        asked={asked}
        takesFocus={takesFocus}
      >
        <PersonPicker
          label={words('registration.presentTo')}
          people={pickable(['leader', 'chief'])}
          value={presentTo}
          onChange={setPresentTo}
          required
          error={asked && presentTo === null ? words('registration.missing.presentTo') : null}
        />
      </RegistrationFields>
      {error !== null && <Note tone="danger">{error}</Note>}
    </Stack>
  );
}

/** Where what stands in the form comes from: the paper, the letter around it, the network, or nowhere. */
function filledFrom({ suggestion, origin }: Incoming): string {
  if (suggestion === null || Object.keys(suggestion.fields).length === 0) return 'registration.unread';
  if (origin !== undefined) return 'exchange.filled';
  return suggestion.method === 'none' ? 'registration.filled.letter' : 'registration.filled';
}
