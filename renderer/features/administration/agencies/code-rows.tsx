import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { newId } from '../../../app/client.ts';
import { DayField } from '../../../ui/day-field.tsx';
import { Hint } from '../../../ui/hint.tsx';
import { useMoment } from '../../../ui/moment-context.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import type { CodeRow } from './agency-form.ts';
import { bringIn } from './bring-in.ts';
import type { AgencyFormState } from './use-agency-form.ts';

const forms = ['qd20', 'old13'] as const satisfies readonly CodeRow['form'][];

/** The codes of both forms with the days they are valid (QĐ 20/2020/QĐ-TTg); any number of them. */
export function CodeRows({ state }: Readonly<{ state: AgencyFormState }>) {
  const words = useWords();
  const { today } = useMoment();
  const { form, change, isWrong } = state;
  const put = (key: string, part: Partial<CodeRow>): void => {
    change({ codes: form.codes.map((row) => (row.key === key ? { ...row, ...part } : row)) });
  };
  return (
    <fieldset className="agency-rows">
      <legend>{words('directory.codes')}</legend>
      {form.codes.map((row, place) => (
        <div
          key={row.key}
          className="agency-row agency-code"
          role="group"
          aria-label={words('administration.codes.row', { place: place + 1 })}
        >
          <Select
            label={words('administration.codes.form')}
            allowDeselect={false}
            data={forms.map((value) => ({ value, label: words(`administration.codes.${value}`) }))}
            value={row.form}
            onChange={(chosen) => {
              const next = forms.find((one) => one === chosen);
              if (next !== undefined) put(row.key, { form: next });
            }}
          />
          <TextField
            label={words('administration.codes.code')}
            value={row.code}
            onChange={(code) => {
              put(row.key, { code });
            }}
            maxLength={35}
            required
            {...(row.isKept ? {} : { inputRef: bringIn })}
            error={isWrong(`codes.${place}.code`) ? words('administration.codes.missing.code') : null}
          />
          <DayField
            label={words('administration.codes.validFrom')}
            lean="behind"
            value={row.validFrom}
            onChange={(validFrom) => {
              put(row.key, { validFrom });
            }}
            required
            error={
              isWrong(`codes.${place}.validFrom`) ? words('administration.codes.missing.validFrom') : null
            }
          />
          <DayField
            label={words('administration.codes.validTo')}
            lean="ahead"
            placeholder={words('administration.codes.open')}
            value={row.validTo}
            onChange={(validTo) => {
              put(row.key, { validTo });
            }}
          />
          <Hint text={words('administration.codes.remove', { code: row.code })}>
            <ActionIcon
              className="agency-row-remove"
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={words('administration.codes.remove', { code: row.code })}
              onClick={() => {
                change({ codes: form.codes.filter(({ key }) => key !== row.key) });
              }}
            >
              <IconTrash size="1rem" stroke={1.75} aria-hidden />
            </ActionIcon>
          </Hint>
        </div>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size="0.875rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            const row: CodeRow = {
              key: newId(),
              form: 'qd20',
              code: '',
              validFrom: today,
              validTo: null,
              isKept: false,
            };
            change({ codes: [...form.codes, row] });
          }}
        >
          {words('administration.codes.add')}
        </Button>
      </div>
    </fieldset>
  );
}
