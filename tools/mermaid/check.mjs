// Parses files with Mermaid's own parser and prints OK or the error for each; exits with 1 on any.
//
//   cp tools/mermaid/package.json /tmp/mermaid && npm install --prefix /tmp/mermaid
//   MERMAID=/tmp/mermaid node tools/mermaid/check.mjs chart.mmd ...
//
// MERMAID is a folder with node_modules, which is not kept in the repository.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const found = createRequire(join(resolve(process.env.MERMAID ?? "."), "package.json"));
const load = (name) => import(pathToFileURL(found.resolve(name)).href);

const { JSDOM } = await load("jsdom");
globalThis.window = new JSDOM("<!doctype html><body></body>").window; // labels are cleaned in a document
globalThis.document = globalThis.window.document;
const { default: mermaid } = await load("mermaid");
mermaid.initialize({ startOnLoad: false, maxEdges: 10000, maxTextSize: 5000000 });

let failed = false;
for (const file of process.argv.slice(2)) {
  try {
    const { diagramType } = await mermaid.parse(readFileSync(file, "utf8"));
    console.log(`OK ${diagramType} ${file}`);
  } catch (error) {
    failed = true;
    console.log(`ERROR ${file}: ${error.message}`);
  }
}
process.exitCode = failed ? 1 : 0;
