/** A register shows numbers that are recorded, and no others: what waits for the server's word is not in it yet. */
export const withoutGuesses = `AND id NOT IN (
  SELECT id FROM overlay
   WHERE kind = 'document'
     AND (state IS NULL OR (json_extract(state, '$.arrival') IS NULL AND json_extract(state, '$.number') IS NULL)))`;
