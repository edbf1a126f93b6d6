import { accessContract } from './access/public.ts';
import { directoryContract, sessionContract } from './directory/public.ts';
import { documentsContract } from './documents/public.ts';
import {
  disposalsContract,
  dossiersContract,
  freezesContract,
  handOversContract,
  holdsContract,
} from './dossiers/public.ts';
import { draftingContract } from './drafting/public.ts';
import { exchangeContract } from './exchange/public.ts';
import { readingContract } from './reading/public.ts';
import { meetingsContract } from './meetings/public.ts';
import { searchContract } from './search/public.ts';
import { authorityContract, signingContract } from './signing/public.ts';
import { syncContract } from './sync/public.ts';
import { workflowContract } from './workflow/public.ts';

/**
 * The one contract: what a screen, a script or a test may ask the core. Commands that speak of a file's bytes
 * (`documents.receive`, `workflow.submit`, `workflow.signStep`, `documents.seal`…) are not on it: only the service that
 * checked, set or signed those bytes may send them.
 */
export const contract = {
  session: sessionContract,
  directory: directoryContract,
  documents: documentsContract,
  drafting: draftingContract,
  signing: signingContract,
  authority: authorityContract,
  workflow: workflowContract,
  dossiers: dossiersContract,
  freezes: freezesContract,
  holds: holdsContract,
  disposals: disposalsContract,
  handOvers: handOversContract,
  meetings: meetingsContract,
  search: searchContract,
  sync: syncContract,
  exchange: exchangeContract,
  access: accessContract,
  reading: readingContract,
};
