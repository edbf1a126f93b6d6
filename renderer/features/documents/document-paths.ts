/** Where the papers of each direction are read. */
export const documentPath = {
  incoming: '/van-ban-den/:id?',
  outgoing: '/van-ban-di/:id?',
} as const;
