/** What other rooms of the desk may use of this one. */
export { createOffice } from './create-office.ts';
export { sampleLetters, sampleOffices } from './offices.ts';
export { storyClock } from './story.ts';
export { liveThroughWeek } from './week.ts';
