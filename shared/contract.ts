import { directoryContract, sessionContract } from './directory/public.ts';
import { documentsContract } from './documents/public.ts';
import { draftingContract } from './drafting/contract.ts';
import { searchContract } from './search/contract.ts';
import { signingContract } from './signing/public.ts';
import { workflowContract } from './workflow/public.ts';

/** The one contract: what a screen, a script or a test may ask the core. */
export const contract = {
  session: sessionContract,
  directory: directoryContract,
  documents: documentsContract,
  drafting: draftingContract,
  signing: signingContract,
  workflow: workflowContract,
  search: searchContract,
};
