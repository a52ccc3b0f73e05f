// dependency-cruiser reads TypeScript through swc (it does not know TypeScript 7 yet) but never tells swc that a .tsx file
// holds JSX; this does.
const { Compiler } = require("@swc/core");
const parseFileSync = Compiler.prototype.parseFileSync;
Compiler.prototype.parseFileSync = function parse(file, options) {
  return parseFileSync.call(this, file, { ...options, tsx: file.endsWith(".tsx") });
};

// Which room may import which (design section 3): floors are walked downwards only.
// Which technology may be used where is held by .oxlintrc.json, which can tell imports of types from imports of code.
const floors = [
  ["src/main.ts", "src/start.ts", "src/start/", "seeds/", "test/"],
  ["src/console/", "src/api/", "src/feeds/"],
  ["src/alerts/", "src/line/", "src/now/"],
  ["src/broadcasts/", "src/catalogue/", "src/conversation/", "src/reports/"],
  ["src/outbox/", "src/residents/", "src/audit/", "src/messages/", "src/preview/"],
  ["db/", "src/shared/", "src/config.ts", "src/config/"],
];
const escape = (path) => path.replace(/[.]/g, "\\.");
const pattern = (paths) => `^(${paths.map(escape).join("|")})`;

const downwardsOnly = floors.slice(1).map((rooms, index) => ({
  name: `floor-${index + 1}-imports-downwards-only`,
  severity: "error",
  from: { path: pattern(rooms) },
  to: { path: pattern(floors.slice(0, index + 1).flat()) },
}));

module.exports = {
  forbidden: [
    ...downwardsOnly,
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "outbox-knows-no-other-room",
      comment:
        "The outbox is handed its sender and its pager, so that it can be read, tested and broken alone.",
      severity: "error",
      from: { path: "^src/outbox/" },
      to: { path: "^src/", pathNot: "^src/(outbox|shared)/" },
    },
    {
      name: "shared-imports-nothing-above-it",
      severity: "error",
      from: { path: "^src/shared/" },
      to: { path: "^(src|db|seeds|test)/", pathNot: "^src/shared/" },
    },
    {
      name: "simulator-is-imported-by-no-other-room",
      severity: "error",
      from: { path: "^(src|db)/", pathNot: "^src/simulator/" },
      to: { path: "^src/simulator/" },
    },
    {
      name: "simulator-knows-nothing-of-kairan",
      severity: "error",
      from: { path: "^src/simulator/" },
      to: { path: "^(src|db|seeds|test)/", pathNot: "^src/(simulator|preview|shared)/" },
    },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^vitest/(config|node)$" },
    },
    {
      name: "no-development-tools-in-the-program",
      severity: "error",
      from: { path: "^(src|db|seeds)/" },
      to: { dependencyTypes: ["npm-dev"] },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "test/tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".json"],
    },
  },
};
