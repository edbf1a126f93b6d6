/** What other rooms may use of this one. */
export { meetingsPath } from './meeting-paths.ts';
export { OwedVote } from './owed-vote.tsx';
export { ProposeFromDossier } from './propose-from-dossier.tsx';
