import { ListFailed } from '../ui/list-states.tsx';

/** The office could not be reached at all: what happened, and a way to try again. */
export function AppFailed({ error, retry }: Readonly<{ error: unknown; retry: () => void }>) {
  return (
    <main className="frame-main">
      <ListFailed error={error} retry={retry} />
    </main>
  );
}
