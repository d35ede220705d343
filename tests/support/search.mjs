/**
 * What the search of the built site finds: node search.mjs SITE QUERY...
 *
 * The worker that the pages start is run as it is, with what it needs of a browser. Prints a JSON list for each query: the
 * addresses of the pages, in the order in which they are shown.
 */

import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

const SETUP = 0;
const QUERY = 2;
const [site, ...queries] = process.argv.slice(2);
const { config, docs } = JSON.parse(fs.readFileSync(path.join(site, "search", "search_index.json"), "utf-8"));

const listeners = [];
let answered;
const worker = vm.createContext({
  console,
  addEventListener: (_, listener) => listeners.push(listener),
  postMessage: (message) => answered(message.data),
});
worker.self = worker;
const folder = path.join(site, "assets", "javascripts", "workers");
const [script] = fs.readdirSync(folder).filter((name) => name.endsWith(".js"));
vm.runInContext(fs.readFileSync(path.join(folder, script), "utf-8"), worker);

function ask(type, data) {
  return new Promise((resolve) => {
    answered = resolve;
    const event = { data: { type, data } };
    listeners.forEach((listener) => listener(event));
  });
}

await ask(SETUP, { config, docs, options: { suggest: false } });
const found = [];
for (const query of queries) {
  const { items } = await ask(QUERY, query);
  found.push(items.map(([first]) => first.location));
}
console.log(JSON.stringify(found));
