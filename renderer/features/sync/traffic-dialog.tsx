import { Button, NumberInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TrafficLimits } from '#shared/sync/public.ts';
import { core } from '../../app/client.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { firstFocus } from '../../ui/first-focus.ts';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import '../../ui/dialogs.css';

type TrafficDialogProps = Readonly<{ opened: boolean; onClose: () => void }>;

const limitsKey = ['sync', 'limits'];

/** How much of the line files may take, up and down; it counts from the moment it is kept. */
export function TrafficDialog({ opened, onClose }: TrafficDialogProps) {
  const words = useWords();
  const { data } = useQuery({
    queryKey: limitsKey,
    queryFn: () => core.sync.limits({}),
    enabled: opened,
  });
  return (
    <DialogFrame opened={opened} onClose={onClose} title={words('sync.limits')}>
      {data === undefined ? null : <TrafficForm limits={data} onClose={onClose} />}
    </DialogFrame>
  );
}

function TrafficForm({ limits, onClose }: Readonly<{ limits: TrafficLimits; onClose: () => void }>) {
  const words = useWords();
  const queries = useQueryClient();
  const [up, setUp] = useState<number | string>(limits.up ?? '');
  const [down, setDown] = useState<number | string>(limits.down ?? '');
  const keeping = useMutation({
    mutationFn: () => core.sync.setLimits({ up: limitOf(up), down: limitOf(down) }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: limitsKey });
      onClose();
    },
  });
  const submit = (): void => {
    if (!keeping.isPending) keeping.mutate();
  };
  useControlEnter(submit);
  const field = { min: 16, max: 1_000_000, step: 64, suffix: ' KB/s', allowDecimal: false } as const;
  return (
    <form
      className="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{words('sync.limits.text')}</p>
      <NumberInput
        {...firstFocus}
        {...field}
        label={words('sync.limits.up')}
        placeholder={words('sync.limits.none')}
        value={up}
        onChange={setUp}
      />
      <NumberInput
        {...field}
        label={words('sync.limits.down')}
        placeholder={words('sync.limits.none')}
        value={down}
        onChange={setDown}
        error={keeping.isError ? sentenceOf(keeping.error, words) : null}
      />
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={keeping.isPending} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('sync.limits.keep')}
        </Button>
      </div>
    </form>
  );
}

/** An empty field is no limit. */
function limitOf(value: number | string): number | null {
  return typeof value === 'number' ? value : null;
}
