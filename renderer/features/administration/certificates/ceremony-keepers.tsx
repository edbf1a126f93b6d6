import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { authorityKeyTypes, whyNotKeepers } from '#shared/signing/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { Note, Stack } from '../../../ui/gate.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import { useControlEnter } from '../../../ui/use-control-enter.ts';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import type { CeremonyState } from './use-ceremony.ts';

type CeremonyKeepersProps = Readonly<{ ceremony: CeremonyState; onLeave: () => void }>;

const mostKeepers = 16;

/** The first step: who keeps a share, how many open the root together, and how strong the keys are. */
export function CeremonyKeepers({ ceremony, onLeave }: CeremonyKeepersProps) {
  const words = useWords();
  const { pickable } = useDirectory();
  const { begin, busy, error, forgive } = ceremony;
  const [names, setNames] = useState<readonly string[]>(['', '', '']);
  const [needed, setNeeded] = useState(2);
  const [keyType, setKeyType] = useState<(typeof authorityKeyTypes)[number]>('rsa-3072');
  const [asked, setAsked] = useState(false);
  const suggestions = pickable().map(({ name }) => name);
  const keepers = { needed, names: names.map((name) => name.trim()) };
  const isWhole = keepers.names.every((name) => name !== '');
  const not = isWhole ? whyNotKeepers(keepers) : null;
  const fault = not === null || !asked ? null : sentenceOf(new AppError(not.code, not.params), words);
  const submit = (): void => {
    setAsked(true);
    if (isWhole && not === null && !busy) begin({ keepers, keyType });
  };
  useControlEnter(submit);
  return (
    <form
      className="dialog"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{words('certificates.ceremony.keepers.text')}</p>
      <div className="ceremony-keepers">
        {names.map((name, place) => (
          // Keepers have no name of their own until they are named.
          <div className="ceremony-keeper" key={`keeper ${place + 1}`}>
            <SuggestField
              label={words('certificates.keeper.number', { number: place + 1 })}
              value={name}
              suggestions={suggestions}
              onChange={(text) => {
                setNames((before) => before.map((one, at) => (at === place ? text : one)));
                forgive();
              }}
              maxLength={100}
              takesFocus={place === 0}
              required
              error={asked && name.trim() === '' ? words('certificates.keeper.missing') : null}
            />
            <ActionIcon
              className="ceremony-keeper-remove"
              variant="subtle"
              color="gray"
              size="2.125rem"
              aria-label={words('certificates.keeper.remove', { number: place + 1 })}
              disabled={names.length <= 2}
              onClick={() => {
                setNames((before) => before.filter((_one, at) => at !== place));
                setNeeded((before) => Math.min(before, names.length - 1));
              }}
            >
              <IconX size="1rem" stroke={1.75} aria-hidden />
            </ActionIcon>
          </div>
        ))}
      </div>
      <div>
        <Button
          variant="default"
          size="compact-sm"
          disabled={names.length >= mostKeepers}
          leftSection={<IconPlus size="1rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            setNames((before) => [...before, '']);
          }}
        >
          {words('certificates.keeper.add')}
        </Button>
      </div>
      <Stack columns={2}>
        <Select
          label={words('certificates.keepers.needed')}
          allowDeselect={false}
          data={names.slice(1).map((_name, at) => ({
            value: String(at + 2),
            label: words('certificates.keepers.of', { needed: at + 2, count: names.length }),
          }))}
          value={String(needed)}
          onChange={(value) => {
            setNeeded(Number(value ?? needed));
          }}
        />
        <Select
          label={words('certificates.keyType')}
          allowDeselect={false}
          data={authorityKeyTypes.map((value) => ({
            value,
            label: words(`certificates.keyType.${value}`),
          }))}
          value={keyType}
          onChange={(value) => {
            setKeyType(authorityKeyTypes.find((one) => one === value) ?? keyType);
          }}
        />
      </Stack>
      {(fault ?? error) !== null && <Note tone="danger">{fault ?? error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onLeave}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={busy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('certificates.ceremony.begin')}
        </Button>
      </div>
    </form>
  );
}
