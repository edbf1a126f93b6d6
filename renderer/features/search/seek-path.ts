/** Where papers and files are asked for by many conditions. */
export const seekPath = '/tra-cuu';
