export const dossiersPath = '/ho-so/:id?';
export const fileListPath = '/danh-muc-ho-so';
