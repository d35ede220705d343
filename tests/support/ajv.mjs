// Compiles JSON Schemas and prints as JSON what ajv says of each: node ajv.mjs FOLDER_OF_AJV SCHEMA…
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...paths] = process.argv.slice(2);
const { default: ajv } = await import(pathToFileURL(resolve(join(folder, "dist", "ajv.js"))));
const validator = new ajv.default({ strict: false });
for (const path of paths) validator.addSchema(JSON.parse(readFileSync(path, "utf8")), basename(path));

function compiled(name) {
  try {
    validator.getSchema(name);
    return "";
  } catch (error) {
    return String(error);
  }
}
console.log(JSON.stringify(Object.fromEntries(paths.map((path) => [basename(path), compiled(basename(path))]))));
