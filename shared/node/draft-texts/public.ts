export { answerTo, docOf, lacksOurs, takeUpdate, type TextAnswered, type TextAsked } from './merging.ts';
export { draftTextTables, sqliteTexts, type DraftTexts } from './sqlite-texts.ts';
