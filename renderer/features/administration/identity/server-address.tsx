import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { core } from '../../../app/client.ts';
import { QrCode } from '../../../ui/qr-code.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';

/** What everybody may be told who joins with an account: nobody's secret, so it can hang on a wall. */
export function ServerAddress() {
  const words = useWords();
  const { data } = useQuery({
    queryKey: ['sync', 'address'],
    queryFn: () => core.sync.serverAddress({}),
  });
  if (data === undefined) return null;
  return (
    <section aria-labelledby="identity-address">
      <h2 id="identity-address">{words('identity.address')}</h2>
      <p className="dim">{words('identity.address.about')}</p>
      <div className="identity-address">
        <QrCode text={data.address} label={words('identity.address.qr')} />
        <div>
          <Textarea
            className="invitation-text"
            aria-label={words('identity.address')}
            readOnly
            rows={7}
            value={data.address}
            onFocus={(event) => {
              event.currentTarget.select();
            }}
          />
          <Button
            variant="default"
            size="compact-md"
            onClick={() => {
              void navigator.clipboard.writeText(data.address).then(() => {
                toast({ text: words('identity.address.copied') });
              });
            }}
          >
            {words('identity.address.copy')}
          </Button>
        </div>
      </div>
    </section>
  );
}
