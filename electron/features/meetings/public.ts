/** What other rooms of the desk may use of this one. */
export { admitPaper } from './admit-paper.ts';
export { followsTask } from './follows-task.ts';
export { meetingsProjection } from './projection.ts';
export { remindersFor, type Reminder } from './reminders.ts';
