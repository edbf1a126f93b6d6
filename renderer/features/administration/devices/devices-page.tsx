import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListedDevice } from '#shared/sync/public.ts';
import { ask, core } from '../../../app/client.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ListFailed, ListLoading } from '../../../ui/list-states.tsx';
import { PlaceHead } from '../../../ui/place-head.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { LeaseDialog, LeasingSetting, useLeases } from '../../leases/public.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { DeviceRow } from './device-row.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import './devices.css';

const devicesKey = ['sync', 'devices'];

/** Quản trị › Máy làm việc: whose machines share the agency's log, one more, one less. */
export function DevicesPage() {
  const words = useWords();
  const [inviting, setInviting] = useState(false);
  const { own } = useDirectory();
  const { data, error, isError, refetch } = useQuery({
    queryKey: devicesKey,
    queryFn: () => core.sync.devices({}),
  });
  return (
    <div className="place">
      <PlaceHead title={words('administration.devices')} below={<AdminTabs />}>
        {data?.hasServer === true && (
          <Button
            size="compact-md"
            leftSection={<IconPlus size="1rem" stroke={1.75} aria-hidden />}
            onClick={() => {
              setInviting(true);
            }}
          >
            {words('devices.invite')}
          </Button>
        )}
      </PlaceHead>
      <div className="devices">
        {isError && data === undefined && <ListFailed error={error} retry={() => void refetch()} />}
        {data === undefined && !isError && <ListLoading label={words('administration.devices')} />}
        {data?.hasServer === false && (
          <EmptyState
            icon={IconDeviceDesktop}
            title={words('devices.alone')}
            help={words('devices.alone.help')}
          />
        )}
        {data?.hasServer === true && <Devices devices={data.devices} />}
        {data?.hasServer === true && own !== null && <LeasingSetting agency={own} />}
      </div>
      <InviteDialog
        opened={inviting}
        onClose={() => {
          setInviting(false);
        }}
      />
    </div>
  );
}

function Devices({ devices }: Readonly<{ devices: readonly ListedDevice[] }>) {
  const words = useWords();
  const client = useQueryClient();
  const { nameOf, people } = useDirectory();
  const { leasing } = useLeases();
  const clerks = new Set(
    people.filter(({ active, roles }) => active && roles.includes('clerk')).map(({ id }) => id),
  );
  const [giving, setGiving] = useState<ListedDevice | null>(null);
  const [leaving, setLeaving] = useState<ListedDevice | null>(null);
  const revoking = useMutation({
    mutationFn: async ({ device, reason }: Readonly<{ device: ListedDevice; reason: string }>) =>
      ask(core.sync.revokeDevice, { deviceId: device.id, reason }),
    onSuccess: async ({ waits }, { device }) => {
      setLeaving(null);
      const key = waits === true ? 'devices.revoke.waits' : 'devices.revoked';
      toast({ text: words(key, { name: device.name }) });
      await client.invalidateQueries({ queryKey: devicesKey });
    },
  });
  const renewing = useMutation({
    mutationFn: (device: ListedDevice) => ask(core.sync.letRenew, { deviceId: device.id }),
    onSuccess: async ({ waits }, { name }) => {
      toast({ text: words(waits === true ? 'devices.letRenew.waits' : 'devices.letRenew.done', { name }) });
      await client.invalidateQueries({ queryKey: devicesKey });
    },
    onError: (error) => {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  });
  return (
    <>
      <p className="dim">{words('devices.about')}</p>
      <ul className="devices-list">
        {devices.map((device) => (
          <DeviceRow
            key={device.id}
            device={device}
            onLetRenew={() => {
              renewing.mutate(device);
            }}
            onGiveNumbers={
              leasing !== null && clerks.has(device.person)
                ? () => {
                    setGiving(device);
                  }
                : null
            }
            onRevoke={() => {
              revoking.reset();
              setLeaving(device);
            }}
          />
        ))}
      </ul>
      {giving !== null && leasing !== null && (
        <LeaseDialog
          leasing={leasing}
          desk={{ id: giving.id, name: `${nameOf(giving.person)} · ${giving.name}` }}
          onClose={() => {
            setGiving(null);
          }}
        />
      )}
      <ReasonDialog
        opened={leaving !== null}
        onClose={() => {
          setLeaving(null);
        }}
        title={words('devices.revoke')}
        text={words(leaving?.isThis === true ? 'devices.revoke.text.this' : 'devices.revoke.text', {
          name: leaving === null ? '' : `${nameOf(leaving.person)} · ${leaving.name}`,
        })}
        confirm={words('devices.revoke')}
        danger
        busy={revoking.isPending}
        error={revoking.isError ? sentenceOf(revoking.error, words) : null}
        onConfirm={(reason) => {
          if (leaving !== null) revoking.mutate({ device: leaving, reason });
        }}
      />
    </>
  );
}
