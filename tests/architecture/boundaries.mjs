// `npm run boundaries`: the dependency rule. Also usable on a copy: `node tests/architecture/boundaries.mjs FOLDER`.
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../..'));
const rules = createRequire(import.meta.url)(join(folder, '.dependency-cruiser.cjs'));

const places = ['shared', 'electron', 'renderer', 'server', 'cli', 'tests'].filter((place) =>
  existsSync(join(folder, place)),
);
const { rooms, ...ruleSet } = rules;
const { output } = await cruise(places, { ruleSet, ...ruleSet.options, validate: true, baseDir: folder });
if (typeof output === 'string') throw new Error('dependency-cruiser gave text instead of a result');

const { totalCruised, totalDependenciesCruised, violations } = output.summary;
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} -> ${to}`);

const strangers = readdirSync(join(folder, 'shared'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'node' && !rooms.includes(entry.name))
  .map((entry) => entry.name);
for (const room of strangers) console.error(`shared/${room} has no tier in .dependency-cruiser.cjs`);

// With a compiler it does not know, the tool reads nothing and calls that clean.
if (totalCruised === 0) console.error('no module was read: the check is blind');

console.log(
  `${totalCruised} modules, ${totalDependenciesCruised} dependencies, ${violations.length} violations`,
);
process.exitCode = violations.length + strangers.length > 0 || totalCruised === 0 ? 1 : 0;
