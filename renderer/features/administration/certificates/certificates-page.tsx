import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { AuthorityView, CertificateView } from '#shared/signing/public.ts';
import { pathTo } from '../../../app/paths.ts';
import { useParams, useRouter } from '../../../app/router.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { useCommands } from '../../../ui/commands.tsx';
import { ListPlace } from '../../../ui/list-place.tsx';
import { ListFailed, ListLoading } from '../../../ui/list-states.tsx';
import { PlaceHead } from '../../../ui/place-head.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { certificateAdminPath } from '../admin-paths.ts';
import { AuthorityPane } from './authority-pane.tsx';
import { CertificateList } from './certificate-list.tsx';
import { CertificatePane } from './certificate-pane.tsx';
import { Founding } from './founding.tsx';
import { IssueDialog } from './issue-dialog.tsx';
import { LevelDialog } from './level-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { useAuthority, useCertificateRows } from './use-authority.ts';
import './certificates.css';

type Doing =
  Readonly<{ act: 'issue' | 'level' }> | Readonly<{ act: 'renew' | 'revoke'; certificate: CertificateView }>;

/** Quản trị › Cấp chứng thư: the agency's own authority and every certificate it issued. */
export function CertificatesPage() {
  const words = useWords();
  const asked = useAuthority();
  const { data } = asked;
  if (data !== undefined && data.authority !== null) {
    return <Issued authority={data.authority} certificates={data.certificates} />;
  }
  return (
    <div className="place">
      <PlaceHead title={words('administration.certificates')} below={<AdminTabs />} />
      {data !== undefined && <Founding />}
      {data === undefined &&
        (asked.isError ? (
          <ListFailed error={asked.error} retry={() => void asked.refetch()} />
        ) : (
          <ListLoading label={words('administration.certificates')} />
        ))}
    </div>
  );
}

type IssuedProps = Readonly<{ authority: AuthorityView; certificates: readonly CertificateView[] }>;

function Issued({ authority, certificates }: IssuedProps) {
  const words = useWords();
  const { go } = useRouter();
  const id = useParams(certificateAdminPath)?.['id'] ?? null;
  const [typed, setTyped] = useState('');
  const [doing, setDoing] = useState<Doing | null>(null);
  const rows = useCertificateRows(typed);
  const chosen = certificates.find(({ serial }) => serial === id) ?? null;
  const open = (next: string | null): void => {
    go(next === null ? pathTo(certificateAdminPath) : pathTo(certificateAdminPath, { id: next }), {
      replace: id !== null,
    });
  };
  const issue = (): void => {
    setDoing({ act: 'issue' });
  };
  useCommands([
    { id: 'certificates.issue', label: words('certificates.issue'), keys: 'N', group: 'page', run: issue },
  ]);
  return (
    <>
      <ListPlace
        head={
          <PlaceHead
            title={words('administration.certificates')}
            count={certificates.length}
            below={
              <>
                <AdminTabs />
                <SearchField label={words('certificates.search')} value={typed} onChange={setTyped} />
              </>
            }
          >
            <ActButton label={words('certificates.issue.short')} icon={IconPlus} run={issue} keys="N" />
          </PlaceHead>
        }
        list={<CertificateList rows={rows} openId={id} onOpen={open} />}
      >
        {chosen === null ? (
          <AuthorityPane
            authority={authority}
            onRenewLevel={() => {
              setDoing({ act: 'level' });
            }}
          />
        ) : (
          <CertificatePane
            key={chosen.serial}
            certificate={chosen}
            authority={authority}
            onDo={(act) => {
              setDoing({ act, certificate: chosen });
            }}
            onAuthority={() => {
              open(null);
            }}
          />
        )}
      </ListPlace>
      <Dialogs
        authority={authority}
        doing={doing}
        onDone={(serial) => {
          setDoing(null);
          if (serial !== null) open(serial);
        }}
      />
    </>
  );
}

type DialogsProps = Readonly<{
  authority: AuthorityView;
  doing: Doing | null;
  onDone: (serial: string | null) => void;
}>;

function Dialogs({ authority, doing, onDone }: DialogsProps) {
  const close = (): void => {
    onDone(null);
  };
  if (doing === null) return null;
  if (doing.act === 'level') return <LevelDialog authority={authority} onClose={close} />;
  if (doing.act === 'revoke') return <RevokeDialog certificate={doing.certificate} onClose={close} />;
  return (
    <IssueDialog
      renewed={doing.act === 'renew' ? doing.certificate : null}
      onClose={close}
      onIssued={onDone}
    />
  );
}
