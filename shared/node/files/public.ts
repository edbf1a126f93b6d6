export { copyFile, hashOfFile } from './copy-file.ts';
export { nodeFiles, type FileOperations, type OpenFile } from './file-operations.ts';
export { lockFolder, type FolderLock } from './folder-lock.ts';
export { writeWhole } from './write-whole.ts';
export { zipOf, type Zippable } from './zip-of.ts';
