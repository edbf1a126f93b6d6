import { useQuery } from '@tanstack/react-query';
import { DossierIdSchema } from '#shared/kernel/public.ts';
import type { DossierPage } from '#shared/dossiers/public.ts';
import { core } from '../../app/client.ts';
import { useOpenDossiers } from '../../app/open-dossiers.ts';
import type { Choice } from '../../ui/combo.tsx';

/** The open files this person may see, to pick one from. */
export function useDossierChoices(): Readonly<{
  choices: readonly Choice[];
  seek: (typed: string) => void;
}> {
  const { rows, seek } = useOpenDossiers(false);
  return { choices: (rows ?? []).map(asChoice), seek };
}

/** One file with what lies in it; null where it is not this person's to see, undefined until that is known. */
export function useDossier(chosen: string | null): DossierPage | null | undefined {
  const { data, isError } = useQuery({
    queryKey: ['dossiers', 'page', chosen],
    queryFn: () => core.dossiers.page({ dossierId: DossierIdSchema.parse(chosen), endedOn: null }),
    enabled: chosen !== null,
    retry: false,
  });
  return data ?? (isError ? null : undefined);
}

/** The choices with the chosen file among them, which may be closed by now or further down the list. */
export function withChosen(
  choices: readonly Choice[],
  chosen: Readonly<{ id: string; title: string; code: string }> | null,
): readonly Choice[] {
  if (chosen === null || choices.some(({ id }) => id === chosen.id)) return choices;
  return [asChoice(chosen), ...choices];
}

function asChoice({ id, title, code }: Readonly<{ id: string; title: string; code: string }>): Choice {
  return { id, label: title, note: code };
}
