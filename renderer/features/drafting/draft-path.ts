/** Where a draft is written; without an id, where its template is chosen. */
export const draftPath = '/soan-thao/:id?';
