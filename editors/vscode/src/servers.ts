/** Where the server is: what the settings say, the Python that is chosen, PATH, or one of our own. */

import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";

const run = promisify(execFile);
const WINDOWS = process.platform === "win32";
const PROGRAM = WINDOWS ? "sidecar-lint.exe" : "sidecar-lint";
const PYTHON = WINDOWS ? "py" : "python3";
const WHEELS = "wheel";
const PATIENCE_MS = 15_000;

/** A program that answers as sidecar-lint does. */
export interface Server {
  readonly command: string;
  readonly version: string;
}

/** The first program that answers; undefined where there is none. */
export async function findServer(context: vscode.ExtensionContext): Promise<Server | undefined> {
  const folder = await safeFolder(context);
  for (const command of await candidates(context)) {
    const version = await versionOf(command, folder);
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

async function versionOf(command: string, cwd: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, ["--version"], { cwd, timeout: PATIENCE_MS });
    return stdout.trim().split(" ").at(-1);
  } catch {
    return undefined;
  }
}

/** A folder to start programs in: in one of the workspace, Windows and Python would take what lies there for theirs. */
export async function safeFolder(context: vscode.ExtensionContext): Promise<string> {
  await vscode.workspace.fs.createDirectory(context.globalStorageUri);
  return context.globalStorageUri.fsPath;
}

/** Another version of the extension brings another server. */
function ownFolder(context: vscode.ExtensionContext): string {
  return path.join(context.globalStorageUri.fsPath, `server-${context.extension.packageJSON.version}`);
}

function ownProgram(context: vscode.ExtensionContext): string {
  return path.join(ownFolder(context), WINDOWS ? "Scripts" : "bin", PROGRAM);
}

/** Make a virtual environment of our own and install the server there that the extension carries. Throws where that fails. */
export async function installServer(context: vscode.ExtensionContext): Promise<void> {
  const cwd = await safeFolder(context);
  await run(PYTHON, ["-I", "-m", "venv", "--clear", ownFolder(context)], { cwd });
  const python = path.join(path.dirname(ownProgram(context)), WINDOWS ? "python.exe" : "python");
  const wheel = `${await carriedWheel(context)}[server]`;
  await run(python, ["-I", "-m", "pip", "install", "--disable-pip-version-check", wheel], { cwd });
}

async function carriedWheel(context: vscode.ExtensionContext): Promise<string> {
  const folder = vscode.Uri.joinPath(context.extensionUri, WHEELS);
  const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  const wheel = names.find((name) => name.endsWith(".whl"));
  if (wheel === undefined) {
    throw new Error("the extension carries no server: it was not made with `npm run package`");
  }
  return vscode.Uri.joinPath(folder, wheel).fsPath;
}
