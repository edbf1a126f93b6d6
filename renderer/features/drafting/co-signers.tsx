import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { AuthoritySchema } from '#shared/directory/public.ts';
import { mostSigners } from '#shared/documents/public.ts';
import type { CoSigner } from '#shared/drafting/public.ts';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import { Stack } from '../../ui/gate.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';

type CoSignersProps = Readonly<{
  /** Minutes are signed by their secretary beside the chair. */
  minutes: boolean;
  coSigners: readonly CoSigner[];
  onChange: (coSigners: CoSigner[]) => void;
}>;

/** Who signs beside the first leader: people of this agency, or leaders of others, told in words. */
export function CoSigners({ minutes, coSigners, onChange }: CoSignersProps) {
  const words = useWords();
  const list = useRef<HTMLOListElement>(null);
  const before = useRef(coSigners.length);
  // Whoever adds a signer goes on to say who it is.
  useEffect(() => {
    if (coSigners.length > before.current) {
      list.current?.lastElementChild?.querySelector<HTMLElement>('input')?.focus();
    }
    before.current = coSigners.length;
  }, [coSigners.length]);
  const put = (place: number, one: CoSigner): void => {
    onChange(coSigners.map((known, at) => (at === place ? one : known)));
  };
  return (
    <fieldset className="co-signers">
      <legend>{words('drafting.coSigners')}</legend>
      <ol ref={list}>
        {coSigners.map((one, place) => (
          // Signers are told apart by their place alone: it is the place of their block on the page.
          <li key={place} aria-label={words('drafting.coSigner', { place: place + 2 })}>
            <div className="co-signer-head">
              <strong>{words('drafting.coSigner', { place: place + 2 })}</strong>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={words('drafting.coSigner.remove', { place: place + 2 })}
                onClick={() => {
                  onChange(coSigners.filter((_known, at) => at !== place));
                }}
              >
                <IconX size="1rem" aria-hidden />
              </ActionIcon>
            </div>
            <Stack>
              <Select
                label={words('drafting.coSigner.where')}
                allowDeselect={false}
                value={one.kind}
                data={(['here', 'elsewhere'] as const).map((kind) => ({
                  value: kind,
                  label: words(`drafting.coSigner.where.${kind}`),
                }))}
                onChange={(kind) => {
                  put(place, kind === 'elsewhere' ? fromElsewhere : fromHere);
                }}
              />
              {one.kind === 'here' ? (
                <OfThisAgency one={one} minutes={minutes} onChange={(said) => put(place, said)} />
              ) : (
                <OfAnother one={one} onChange={(said) => put(place, said)} />
              )}
            </Stack>
          </li>
        ))}
      </ol>
      <Button
        size="compact-sm"
        variant="default"
        disabled={coSigners.length >= mostSigners - 1}
        leftSection={<IconPlus size="1rem" aria-hidden />}
        onClick={() => {
          onChange([...coSigners, fromHere]);
        }}
      >
        {words('drafting.coSigner.add')}
      </Button>
    </fieldset>
  );
}

type Here = CoSigner & { kind: 'here' };
type Elsewhere = CoSigner & { kind: 'elsewhere' };

type OfThisAgencyProps = Readonly<{ one: Here; minutes: boolean; onChange: (one: Here) => void }>;

function OfThisAgency({ one, minutes, onChange }: OfThisAgencyProps) {
  const words = useWords();
  const { pickable } = useDirectory();
  return (
    <Stack columns={2}>
      <PersonPicker
        label={words('drafting.coSigner.person')}
        people={pickable()}
        value={one.person}
        placeholder={words('drafting.step.pick')}
        onChange={(person) => {
          onChange({ ...one, person: person === null ? null : PersonIdSchema.parse(person) });
        }}
      />
      <TextField
        label={words('drafting.coSigner.as')}
        // NĐ 30 PL3 mẫu 1.9: the one beside the chair is the secretary.
        placeholder={words(minutes ? 'drafting.coSigner.as.minutes' : 'drafting.coSigner.as.placeholder')}
        value={one.as}
        maxLength={100}
        onChange={(as) => {
          onChange({ ...one, as });
        }}
      />
    </Stack>
  );
}

function OfAnother({ one, onChange }: Readonly<{ one: Elsewhere; onChange: (one: Elsewhere) => void }>) {
  const words = useWords();
  const { agencies } = useDirectory();
  const field = (name: 'agency' | 'symbol' | 'of' | 'post' | 'name', maxLength: number) => (
    <TextField
      label={words(`drafting.coSigner.${name}`)}
      value={one[name]}
      maxLength={maxLength}
      onChange={(value) => {
        // An agency of the directory brings its own abbreviation.
        const known = name === 'agency' ? agencies.find((agency) => agency.name === value.trim()) : undefined;
        onChange({ ...one, [name]: value, ...(known === undefined ? {} : { symbol: known.symbol }) });
      }}
    />
  );
  return (
    <Stack>
      {field('agency', 200)}
      <Stack columns={2}>
        {field('symbol', 20)}
        <Select
          label={words('drafting.coSigner.authority')}
          placeholder={words('drafting.coSigner.authority.own')}
          clearable
          value={one.authority}
          data={AuthoritySchema.options.map((value) => ({ value, label: value }))}
          onChange={(value) => {
            onChange({ ...one, authority: value === null ? null : AuthoritySchema.parse(value) });
          }}
        />
      </Stack>
      {one.authority !== null && field('of', 100)}
      <Stack columns={2}>
        {field('post', 100)}
        {field('name', 100)}
      </Stack>
    </Stack>
  );
}

const fromHere: CoSigner = { kind: 'here', person: null, as: '' };

const fromElsewhere: CoSigner = {
  kind: 'elsewhere',
  agency: '',
  symbol: '',
  authority: null,
  of: '',
  post: '',
  name: '',
};
