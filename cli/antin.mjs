#!/usr/bin/env node
// Plain JavaScript on purpose: it must start on any Node the machine has, then hands over to the project's own.
import module from 'node:module';
import { compileCache, isModernNode, projectNode, runOn } from './setup/project-node.mjs';
import { sentence } from './setup/sentences.mjs';

if (isModernNode()) {
  module.enableCompileCache(compileCache);
  const { dispatch } = await import('./dispatch.ts');
  process.exitCode = await dispatch(process.argv.slice(2));
  // All is done and on the disk: whatever still holds the program open does not hold up a script.
  setTimeout(() => process.exit(), 5000).unref();
} else {
  const node = projectNode();
  if (node === null) {
    process.stderr.write(`${sentence('setup.node-missing', { version: process.versions.node })}\n`);
    process.exitCode = 70;
  } else {
    process.exitCode = await runOn(node, [import.meta.filename, ...process.argv.slice(2)]);
  }
}
