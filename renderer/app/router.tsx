import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { matchPath, type PathParams } from './paths.ts';

export type Location = Readonly<{ path: string; search: Readonly<Record<string, string>> }>;

export type Router = Readonly<{
  location: Location;
  /** Goes to a path such as `/van-ban-den/018f…?loc=moi`; `replace` leaves no step to come back to. */
  go: (to: string, how?: Readonly<{ replace?: boolean }>) => void;
  back: () => void;
}>;

const RouterContext = createContext<Router | null>(null);

/** Paths of the address bar, with back and forward; no hash, every page can be linked to. */
export function RouterProvider({ children }: Readonly<{ children: ReactNode }>) {
  const [location, setLocation] = useState(readLocation);
  useEffect(() => {
    const follow = (): void => {
      setLocation(readLocation());
    };
    addEventListener('popstate', follow);
    return () => {
      removeEventListener('popstate', follow);
    };
  }, []);
  const go = useCallback<Router['go']>((to, how) => {
    if (how?.replace === true) history.replaceState(null, '', to);
    else if (to !== `${globalThis.location.pathname}${globalThis.location.search}`) {
      history.pushState(null, '', to);
    }
    setLocation(readLocation());
  }, []);
  const back = useCallback(() => {
    history.back();
  }, []);
  const router = useMemo(() => ({ location, go, back }), [location, go, back]);
  return <RouterContext value={router}>{children}</RouterContext>;
}

export function useRouter(): Router {
  const router = useContext(RouterContext);
  if (router === null) throw new Error('useRouter needs RouterProvider');
  return router;
}

/** The values of a path pattern at the present address, or null when it is elsewhere. */
export function useParams(pattern: string): PathParams | null {
  const { location } = useRouter();
  return useMemo(() => matchPath(pattern, location.path), [pattern, location.path]);
}

/** A link within the office: an address that can be opened in a new window, without a page load in this one. */
export function Link(
  props: Readonly<{ to: string; className?: string; current?: boolean; children: ReactNode }>,
) {
  const { to, className, current = false, children } = props;
  const { go } = useRouter();
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} className={className} aria-current={current ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  );
}

function readLocation(): Location {
  return {
    path: globalThis.location.pathname,
    search: Object.fromEntries(new URLSearchParams(globalThis.location.search)),
  };
}
