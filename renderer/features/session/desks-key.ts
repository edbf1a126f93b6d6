/** Under which answer the list of desks on this machine is kept. */
export const desksKey = ['session', 'desks'] as const;
