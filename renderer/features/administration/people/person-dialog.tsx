import { Checkbox } from '@mantine/core';
import { PersonDetailsSchema, RoleSchema, roles } from '#shared/directory/public.ts';
import type { PersonId } from '#shared/kernel/public.ts';
import { Combo } from '../../../ui/combo.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Stack } from '../../../ui/gate.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useUnitChoices } from '../use-unit-choices.ts';
import { usePersonForm, type PersonDescribed } from './person-form.ts';
import './people.css';

type PersonDialogProps = Readonly<{
  described: PersonDescribed;
  onClose: () => void;
  onDone: (personId: PersonId) => void;
}>;

const rankSchema = PersonDetailsSchema.shape.rank;

/** Describes a person: a new one, or one there is. */
export function PersonDialog({ described, onClose, onDone }: PersonDialogProps) {
  const words = useWords();
  const { form, change, missing, busy, error, submit } = usePersonForm(described, onDone);
  const units = useUnitChoices(form.unit);
  const isNew = described.kind === 'new';
  return (
    <FormDialog
      title={words(isNew ? 'administration.people.add' : 'administration.people.edit')}
      size="lg"
      confirm={words(isNew ? 'administration.people.add' : 'administration.save')}
      onClose={onClose}
      busy={busy}
      error={error}
      onSubmit={submit}
    >
      <TextField
        label={words('administration.people.name')}
        value={form.name}
        onChange={(name) => {
          change({ name });
        }}
        maxLength={100}
        required
        takesFocus
        error={missing('name')}
      />
      <Stack columns={2}>
        <TextField
          label={words('directory.person.post')}
          hint={words('administration.people.post.hint')}
          value={form.post}
          onChange={(post) => {
            change({ post });
          }}
          maxLength={100}
          required
          error={missing('post')}
        />
        <Combo
          label={words('administration.people.rank')}
          choices={rankSchema.options.map((id) => ({ id, label: words(`administration.rank.${id}`) }))}
          value={form.rank}
          onChange={(chosen) => {
            const rank = rankSchema.safeParse(chosen);
            if (rank.success) change({ rank: rank.data });
          }}
          required
        />
      </Stack>
      <Combo
        label={words('directory.person.unit')}
        choices={units}
        value={form.unit}
        onChange={(chosen) => {
          change({ unit: units.find(({ id }) => id === chosen)?.id ?? null });
        }}
        required
        error={missing('unit')}
      />
      <Checkbox.Group
        label={words('directory.person.roles')}
        description={words('administration.people.roles.hint')}
        value={[...form.roles]}
        onChange={(chosen) => {
          change({ roles: RoleSchema.options.filter((role) => chosen.includes(role)) });
        }}
        required
        error={missing('roles')}
      >
        <div className="person-roles">
          {roles.map((role) => (
            <Checkbox key={role} value={role} label={words(`role.${role}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <TextField
        label={words('directory.person.email')}
        value={form.email}
        onChange={(email) => {
          change({ email });
        }}
        maxLength={200}
        error={missing('email')}
      />
    </FormDialog>
  );
}
