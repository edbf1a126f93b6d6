/** From the bottom up: a room calls only rooms on earlier lines, and only through their public.ts. */
const tiers = [
  ['kernel'],
  ['directory', 'settings'],
  ['documents'],
  ['drafting', 'signing', 'access'],
  ['workflow'],
  ['dossiers', 'intake'],
  ['meetings', 'reading'],
  ['exchange'],
  ['sync'],
  ['search', 'reports'],
];

const rooms = tiers.flat();
const anyRoom = `^shared/(${rooms.join('|')})/`;
const purePackages = '(^|/)node_modules/(zod|@orpc/contract|@noble/hashes|yjs)/';
const shell = '^electron/(main[.]ts|preload[.]ts|shell/)';

/** One rule per room: it may not see its own tier's other rooms nor any later tier. */
const tierRules = tiers.flatMap((tier, height) =>
  tier.map((room) => {
    const hidden = tiers
      .slice(height)
      .flat()
      .filter((other) => other !== room);
    return {
      name: `tier-of-${room}`,
      severity: 'error',
      comment: 'A room calls only lower tiers.',
      from: { path: `^shared/${room}/` },
      to: { path: hidden.length === 0 ? '^$' : `^shared/(${hidden.join('|')})/` },
    };
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...tierRules,
    {
      name: 'rooms-show-only-public',
      severity: 'error',
      comment: 'A room shows others one file, public.ts.',
      from: { path: '^(shared|electron|renderer|server|cli)/', pathNot: anyRoom },
      to: { path: anyRoom, pathNot: `${anyRoom}public[.]ts$` },
    },
    {
      name: 'rooms-call-rooms-by-public',
      severity: 'error',
      from: { path: anyRoom },
      to: { path: anyRoom, pathNot: [`${anyRoom}public[.]ts$`, '^shared/$1/'] },
    },
    {
      name: 'capabilities-show-only-public',
      severity: 'error',
      from: { path: '^(shared|electron|renderer|server|cli)/', pathNot: '^shared/node/' },
      to: { path: '^shared/node/', pathNot: '^shared/node/[^/]+/public[.]ts$' },
    },
    {
      name: 'capabilities-call-capabilities-by-public',
      severity: 'error',
      from: { path: '^shared/node/([^/]+)/' },
      to: { path: '^shared/node/', pathNot: ['^shared/node/[^/]+/public[.]ts$', '^shared/node/$1/'] },
    },
    {
      name: 'features-call-features-by-public',
      severity: 'error',
      from: { path: '^(electron|renderer|server)/features/([^/]+)/' },
      to: { path: '^$1/features/[^/]+/', pathNot: ['^$1/features/$2/', '^$1/features/[^/]+/public[.]tsx?$'] },
    },
    {
      name: 'rooms-are-pure',
      severity: 'error',
      comment: 'No Node in a room: it runs on the desk, on the server and in the window.',
      from: { path: '^shared/', pathNot: '^shared/node/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'rooms-use-few-packages',
      severity: 'error',
      from: { path: '^shared/', pathNot: '^shared/node/' },
      to: { path: 'node_modules/', pathNot: purePackages },
    },
    {
      name: 'rooms-see-only-rooms',
      severity: 'error',
      from: { path: '^shared/', pathNot: '^shared/node/' },
      to: { path: ['^shared/node/', '^(electron|renderer|server|cli|tests)/'] },
    },
    {
      name: 'capabilities-stand-below-programs',
      severity: 'error',
      from: { path: '^shared/node/' },
      to: { path: '^(electron|renderer|server|cli|tests)/' },
    },
    {
      name: 'windows-have-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'windows-see-rooms-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: ['^shared/node/', '^(electron|server|cli|tests)/'] },
    },
    {
      name: 'design-system-knows-no-feature',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '^renderer/(app|features)/' },
    },
    {
      name: 'desk-stands-alone',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^(server|renderer|cli|tests)/' },
    },
    {
      name: 'server-stands-alone',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(electron|renderer|cli|tests)/' },
    },
    {
      name: 'command-line-stands-above-screens',
      severity: 'error',
      comment: 'It composes core and server like a test does; the benchmarks it runs live with the tests.',
      from: { path: '^cli/' },
      to: { path: '^(renderer|tests)/', pathNot: '^tests/(bench|simulation|support)/' },
    },
    {
      name: 'only-the-shell-touches-electron',
      severity: 'error',
      from: { pathNot: shell },
      to: { path: ['^electron$', '(^|/)node_modules/electron/'] },
    },
    {
      name: 'shell-holds-no-office',
      severity: 'error',
      comment: 'Windows, menus and permissions only; the core runs in its own process.',
      from: { path: shell },
      to: { path: ['^electron/(store|features|host|platform)/', '^shared/node/'] },
    },
    {
      name: 'what-ships-is-a-dependency',
      severity: 'error',
      comment: 'Development packages are not in the installer.',
      from: { path: '^(shared|electron|server|cli)/', pathNot: [shell, '^cli/setup/build-renderer[.]mjs$'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'An import of a type alone is erased, so it closes no circle.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^out/', '^dist/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};

module.exports.rooms = rooms;
