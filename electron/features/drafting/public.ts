/** What other rooms of the desk may use of this one. */
export { beginDraft } from './start.ts';
export { submitDraft } from './submit-draft.ts';
export { kindOf } from './templates.ts';
export { keepDraft } from './texts.ts';
