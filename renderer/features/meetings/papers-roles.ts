/** Those whose roles read papers (`reading-scope.ts`), and so may be asked to a meeting. */
export const papersRoles = ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'] as const;
