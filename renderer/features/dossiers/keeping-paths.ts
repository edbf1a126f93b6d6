export const disposalsPath = '/het-thoi-han';
export const holdsPath = '/giu-ho-so';
export const retentionPath = '/thoi-han-bao-quan';
