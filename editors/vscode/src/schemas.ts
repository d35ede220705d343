/** Whether the YAML extension validates manifests with a JSON Schema too: then what both know is said once. */

import * as vscode from "vscode";

const YAML_EXTENSION = "redhat.vscode-yaml";
const COPILOTS_FILES = /copilot|manifest\.ya?ml$/;

/** True where the extension is there, and its settings give a schema to files of Copilot's. */
export function schemaIsValidated(): boolean {
  const yaml = vscode.workspace.getConfiguration("yaml");
  const schemas = yaml.get<Record<string, string | string[]>>("schemas", {});
  const globs = Object.values(schemas).flat();
  const present = vscode.extensions.getExtension(YAML_EXTENSION) !== undefined;
  return present && yaml.get<boolean>("validate", true) && globs.some((glob) => COPILOTS_FILES.test(glob));
}
