import { ask, core } from '../../app/client.ts';
import type { Finding } from './findings-list.tsx';

/** Gives the file or the part the term that a finding says is right, and leaves all else of it. */
export async function setTerm({ dossier: dossierId, retention }: Finding) {
  const { dossier } = await core.dossiers.page({ dossierId, endedOn: null });
  const { title, mode, keywords, description, startedOn, construction, retention: before } = dossier;
  const more = construction === undefined ? {} : { construction };
  const fields = { title, mode, keywords, description, startedOn, retention: retention ?? before, ...more };
  return await ask(core.dossiers.describe, { dossierId, fields });
}
