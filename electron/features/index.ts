import { accessHandlers } from './access/handlers.ts';
import { authorityHandlers } from './authority/handlers.ts';
import { directoryHandlers } from './directory/handlers.ts';
import { dossiersHandlers } from './dossiers/handlers.ts';
import { disposalsHandlers } from './dossiers/disposal-handlers.ts';
import { freezesHandlers, holdsHandlers } from './dossiers/lock-handlers.ts';
import { handOversHandlers } from './dossiers/hand-over-handlers.ts';
import { documentsHandlers } from './documents/handlers.ts';
import { draftingHandlers } from './drafting/handlers.ts';
import { exchangeHandlers } from './exchange/handlers.ts';
import { readingHandlers } from './reading/handlers.ts';
import { meetingsHandlers } from './meetings/handlers.ts';
import { searchHandlers } from './search/handlers.ts';
import { sessionHandlers } from './session/handlers.ts';
import { signingHandlers } from './signing/handlers.ts';
import { syncHandlers } from './sync/handlers.ts';
import { workflowHandlers } from './workflow/handlers.ts';
import type { Router } from '@orpc/server';
import type { contract } from '#shared/contract.ts';
import { anyone, type CallContext } from '../host/context.ts';

/** The core's whole contract, answered. */
export const router: Router<typeof contract, CallContext> = anyone.router({
  session: sessionHandlers,
  directory: directoryHandlers,
  documents: documentsHandlers,
  drafting: draftingHandlers,
  signing: signingHandlers,
  workflow: workflowHandlers,
  dossiers: dossiersHandlers,
  freezes: freezesHandlers,
  holds: holdsHandlers,
  disposals: disposalsHandlers,
  handOvers: handOversHandlers,
  meetings: meetingsHandlers,
  search: searchHandlers,
  sync: syncHandlers,
  authority: authorityHandlers,
  exchange: exchangeHandlers,
  access: accessHandlers,
  reading: readingHandlers,
});
