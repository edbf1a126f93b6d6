export const dossiersPath = '/ho-so/:id?';
export const archivePath = '/luu-tru/:shown?/:id?';
export const fileListPath = '/danh-muc-ho-so';
