import { matchPath, pathTo } from '../../app/paths.ts';
import { Link, useRouter } from '../../app/router.tsx';
import { useWords } from '../../ui/use-words.ts';
import {
  agencyAdminPath,
  certificateAdminPath,
  connectionAdminPath,
  deviceAdminPath,
  identityAdminPath,
  personAdminPath,
  proofAdminPath,
  trustAdminPath,
  unitAdminPath,
} from './admin-paths.ts';
import './admin-tabs.css';

const pages = [
  { path: personAdminPath, titleKey: 'administration.people' },
  { path: unitAdminPath, titleKey: 'administration.units' },
  { path: agencyAdminPath, titleKey: 'administration.agencies' },
  { path: deviceAdminPath, titleKey: 'administration.devices' },
  { path: identityAdminPath, titleKey: 'administration.identity' },
  { path: proofAdminPath, titleKey: 'administration.proof' },
  { path: certificateAdminPath, titleKey: 'administration.certificates' },
  { path: trustAdminPath, titleKey: 'administration.trust' },
  { path: connectionAdminPath, titleKey: 'administration.connections' },
] as const;

/** The administrator's pages of the directory, each one step from the others. */
export function AdminTabs() {
  const words = useWords();
  const { location } = useRouter();
  return (
    <nav className="admin-tabs" aria-label={words('place.administration')}>
      {pages.map(({ path, titleKey }) => (
        <Link key={path} to={pathTo(path)} current={matchPath(path, location.path) !== null}>
          {words(titleKey)}
        </Link>
      ))}
    </nav>
  );
}
