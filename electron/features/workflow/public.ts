/** What other rooms of the desk may use of this one. */
export { inboxCounts, waitedForBy, waitingFor, whosOf } from './inbox.ts';
export { tasksOfMeetings } from './meeting-tasks.ts';
export { workflowProjection } from './projection.ts';
