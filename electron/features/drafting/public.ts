/** What other rooms of the desk may use of this one. */
export { submitDraft } from './submit-draft.ts';
export { keepWorkingCopy } from './working-copies.ts';
