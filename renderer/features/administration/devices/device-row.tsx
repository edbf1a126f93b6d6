import { Button } from '@mantine/core';
import type { ListedDevice } from '#shared/sync/public.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';

type DeviceRowProps = Readonly<{
  device: ListedDevice;
  onLetRenew: () => void;
  /** Null where this desk may hold no block of numbers. */
  onGiveNumbers: (() => void) | null;
  onRevoke: () => void;
}>;

/** One machine: whose it is, since when, until when its certificate holds, and what can be done about it. */
export function DeviceRow({ device, onLetRenew, onGiveNumbers, onRevoke }: DeviceRowProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const reason = device.revokedBecause;
  const isGone = reason !== null;
  return (
    <li data-gone={isGone || undefined}>
      <div>
        <strong>{nameOf(device.person)}</strong> · {device.name}
        {device.isThis && <span className="dim"> · {words('devices.this')}</span>}
        <p className="dim">
          {words('devices.enrolled')} <RelativeTime at={device.enrolledAt} />
        </p>
        {reason !== null ? (
          <p className="devices-gone">{words('devices.revokedBecause', { reason })}</p>
        ) : (
          <CertificateLine device={device} />
        )}
      </div>
      {!isGone && (
        <div className="devices-acts">
          {device.standing === 'lapsed' && (
            <Button size="compact-sm" variant="default" onClick={onLetRenew}>
              {words('devices.letRenew')}
            </Button>
          )}
          {onGiveNumbers !== null && (
            <Button size="compact-sm" variant="default" onClick={onGiveNumbers}>
              {words('leases.give')}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={onRevoke}>
            {words('devices.revoke')}
          </Button>
        </div>
      )}
    </li>
  );
}

function CertificateLine({ device: { standing, certificate } }: Readonly<{ device: ListedDevice }>) {
  const words = useWords();
  const isTrouble = standing === 'lapsed' || standing === 'does-not-fit';
  const hasEnd = standing !== 'none' && standing !== 'does-not-fit';
  return (
    <p className={isTrouble ? 'devices-gone' : 'dim'}>
      {words(`devices.certificate.${standing}`)}{' '}
      {hasEnd && certificate !== null && <RelativeTime at={certificate.until} />}
    </p>
  );
}
