import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Device } from '#shared/sync/public.ts';
import { ask, core } from '../../../app/client.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ListFailed, ListLoading } from '../../../ui/list-states.tsx';
import { PlaceHead } from '../../../ui/place-head.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { LeaseDialog, LeasingSetting, useLeases } from '../../leases/public.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import './devices.css';

const devicesKey = ['sync', 'devices'];
type ListedDevice = Device & Readonly<{ isThis: boolean }>;

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
  return (
    <>
      <p className="dim">{words('devices.about')}</p>
      <ul className="devices-list">
        {devices.map((device) => (
          <li key={device.id} data-gone={device.revokedBecause !== null || undefined}>
            <div>
              <strong>{nameOf(device.person)}</strong> · {device.name}
              {device.isThis && <span className="dim"> · {words('devices.this')}</span>}
              <p className="dim">
                {words('devices.enrolled')} <RelativeTime at={device.enrolledAt} />
              </p>
              {device.revokedBecause !== null && (
                <p className="devices-gone">
                  {words('devices.revokedBecause', { reason: device.revokedBecause })}
                </p>
              )}
            </div>
            {device.revokedBecause === null && leasing !== null && clerks.has(device.person) && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  setGiving(device);
                }}
              >
                {words('leases.give')}
              </Button>
            )}
            {device.revokedBecause === null && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  revoking.reset();
                  setLeaving(device);
                }}
              >
                {words('devices.revoke')}
              </Button>
            )}
          </li>
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
