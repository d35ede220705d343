/** Where the server is: what the settings say, the Python that is chosen, PATH, or one of our own. */

import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";

const run = promisify(execFile);
const WINDOWS = process.platform === "win32";
const PROGRAM = WINDOWS ? "sidecar-lint.exe" : "sidecar-lint";
const PATIENCE_MS = 15_000;

/** A program that answers as sidecar-lint does. */
export interface Server {
  readonly command: string;
  readonly version: string;
}

/** The first program that answers; undefined where there is none. */
export async function findServer(context: vscode.ExtensionContext): Promise<Server | undefined> {
  for (const command of await candidates(context)) {
    const version = await versionOf(command);
    if (version !== undefined) {
      return { command, version };
    }
  }
  return undefined;
}

async function candidates(context: vscode.ExtensionContext): Promise<string[]> {
  const fromPython = vscode.workspace.isTrusted ? await besidePython() : [];
  return [...fromSettings(), ...fromPython, PROGRAM, ownProgram(context)];
}

function fromSettings(): string[] {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const paths = vscode.workspace.getConfiguration("sidecarLint").get<string[]>("path", []);
  return paths.map((each) => each.replaceAll("${workspaceFolder}", folder));
}

/** The program beside the interpreter that the Python extension has chosen. */
async function besidePython(): Promise<string[]> {
  const extension = vscode.extensions.getExtension("ms-python.python");
  if (extension === undefined) {
    return [];
  }
  try {
    const python = await extension.activate();
    const chosen: unknown = python?.environments?.getActiveEnvironmentPath?.()?.path;
    return typeof chosen === "string" ? [path.join(path.dirname(chosen), PROGRAM)] : [];
  } catch {
    return []; // a broken extension of somebody else's is no reason not to work
  }
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, ["--version"], { timeout: PATIENCE_MS });
    return stdout.trim().split(" ").at(-1);
  } catch {
    return undefined;
  }
}

function ownFolder(context: vscode.ExtensionContext): string {
  return path.join(context.globalStorageUri.fsPath, "server");
}

function ownProgram(context: vscode.ExtensionContext): string {
  return path.join(ownFolder(context), WINDOWS ? "Scripts" : "bin", PROGRAM);
}

/** Make a virtual environment of our own and install the server there. Throws where that fails. */
export async function installServer(context: vscode.ExtensionContext): Promise<void> {
  const folder = ownFolder(context);
  const wanted = vscode.workspace.getConfiguration("sidecarLint").get<string>("package", "sidecar-lint[server]");
  await vscode.workspace.fs.createDirectory(context.globalStorageUri);
  await run(WINDOWS ? "py" : "python3", ["-m", "venv", "--clear", folder]);
  const python = path.join(path.dirname(ownProgram(context)), WINDOWS ? "python.exe" : "python");
  await run(python, ["-m", "pip", "install", "--disable-pip-version-check", wanted]);
}
