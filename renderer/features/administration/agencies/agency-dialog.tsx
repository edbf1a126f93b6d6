import { Button } from '@mantine/core';
import type { Agency } from '#shared/directory/public.ts';
import type { AgencyId } from '#shared/kernel/public.ts';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { Note } from '../../../ui/gate.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { useControlEnter } from '../../../ui/use-control-enter.ts';
import { useWords } from '../../../ui/use-words.ts';
import { AgencyFields } from './agency-fields.tsx';
import { BookRows } from './book-rows.tsx';
import { CodeRows } from './code-rows.tsx';
import { useAgencyForm } from './use-agency-form.ts';
import '../../../ui/dialogs.css';
import './agencies.css';

type AgencyDialogProps = Readonly<{
  /** The one that is described anew; null for another that is not in the directory yet. */
  agency: Agency | null;
  onClose: () => void;
  onDone: (agencyId: AgencyId) => void;
}>;

/** Everything an agency is described by. A click beside it does not throw away what was typed. */
export function AgencyDialog(props: AgencyDialogProps) {
  const words = useWords();
  return (
    <DialogFrame
      size="50rem"
      onClose={props.onClose}
      closeOnClickOutside={false}
      title={words(props.agency === null ? 'administration.agencies.add' : 'administration.agencies.edit')}
    >
      <Form {...props} />
    </DialogFrame>
  );
}

function Form({ agency, onClose, onDone }: AgencyDialogProps) {
  const words = useWords();
  const state = useAgencyForm(agency, onDone);
  useControlEnter(state.submit);
  return (
    <form
      className="dialog agency-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        state.submit();
      }}
    >
      <AgencyFields state={state} />
      <CodeRows state={state} />
      {state.isOwn && <BookRows state={state} />}
      <footer className="agency-form-foot">
        {state.error !== null && <Note tone="danger">{state.error}</Note>}
        {state.isIncomplete && <Note tone="danger">{words('administration.agencies.incomplete')}</Note>}
        <div className="dialog-acts">
          <Button variant="default" onClick={onClose}>
            {words('ui.dialog.cancel')}
          </Button>
          <Button type="submit" loading={state.busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
            {words(agency === null ? 'administration.agencies.add' : 'administration.save')}
          </Button>
        </div>
      </footer>
    </form>
  );
}
