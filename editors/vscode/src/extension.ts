/** Starts the language server when the first file of Copilot's is opened, and stops it at the end. */

import * as vscode from "vscode";
import { LanguageClient, State, Trace, type LanguageClientOptions } from "vscode-languageclient/node";
import { EffectiveManifests } from "./environments";
import { schemaIsValidated } from "./schemas";
import { findServer, installServer, safeFolder } from "./servers";
import { Status } from "./status";

const SECTION = "sidecarLint";
const INSTALL = "Install";
/** Settings that a server is started with. */
const AT_START = ["path", "plugins", "workspaceDiagnostics"];

class Extension implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private schemaIsValidated = false;
  private readonly output = vscode.window.createOutputChannel("Sidecar Lint");
  private readonly status = new Status();
  private readonly manifests = new EffectiveManifests(() => this.client);
  /** Starts and stops follow one another, however fast they are asked for. */
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly context: vscode.ExtensionContext) {}

  register(): void {
    const { registerCommand } = vscode.commands;
    this.context.subscriptions.push(
      this,
      registerCommand("sidecarLint.restart", () => this.restart()),
      registerCommand("sidecarLint.showOutput", () => this.output.show()),
      registerCommand("sidecarLint.installServer", () => this.install()),
      registerCommand("sidecarLint.openEnvironment", () => this.manifests.show("manifest")),
      registerCommand("sidecarLint.openTemplate", () => this.manifests.show("template")),
      registerCommand("sidecarLint.openTaskDefinition", () => this.manifests.show("taskDefinition")),
      vscode.workspace.onDidChangeConfiguration((event) => this.configured(event)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.restart()),
      vscode.extensions.onDidChange(() => this.validatedOtherwise()),
    );
  }

  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.stop()).then(() => this.start());
    return this.turn;
  }

  private async start(): Promise<void> {
    this.status.starting();
    const server = await findServer(this.context);
    if (server === undefined) {
      this.status.stopped("no server");
      void this.offerToInstall();
      return;
    }
    this.output.appendLine(`${server.command} ${server.version}`);
    this.schemaIsValidated = schemaIsValidated();
    const run = { command: server.command, args: ["server"], options: { cwd: await safeFolder(this.context) } };
    const client = new LanguageClient(SECTION, "Sidecar Lint", run, this.clientOptions());
    client.onDidChangeState((event) => this.stateChanged(event.newState, server.version));
    try {
      await client.start();
    } catch (error) {
      this.output.appendLine(String(error));
      this.status.stopped("the server did not start");
      return;
    }
    this.client = client;
    await client.setTrace(Trace.fromString(this.setting("trace.server", "off")));
  }

  /** The client starts a server that has ended anew, a few times. */
  private stateChanged(state: State, version: string): void {
    if (state === State.Running) {
      this.status.running(version);
    } else if (state === State.Starting) {
      this.status.starting();
    } else {
      this.status.stopped("the server has ended");
    }
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: [{ scheme: "file", language: "yaml" }],
      outputChannel: this.output,
      synchronize: { configurationSection: SECTION },
      initializationOptions: {
        schemaRules: this.setting("schemaRules", "auto"),
        schemaIsValidated: this.schemaIsValidated,
        inlayHints: this.setting("inlayHints", true),
        workspaceDiagnostics: this.setting("workspaceDiagnostics", false),
        plugins: this.plugins(),
      },
    };
  }

  /** Whether rules that a folder brings, which are code, may be loaded; undefined leaves it to the environment. */
  private plugins(): boolean | undefined {
    if (!vscode.workspace.isTrusted) {
      return false;
    }
    return this.setting("plugins", false) || undefined;
  }

  private setting<Value>(name: string, fallback: Value): Value {
    return vscode.workspace.getConfiguration(SECTION).get<Value>(name, fallback);
  }

  private async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.stop().catch((error: unknown) => this.output.appendLine(String(error)));
  }

  private configured(event: vscode.ConfigurationChangeEvent): void {
    if (AT_START.some((name) => event.affectsConfiguration(`${SECTION}.${name}`))) {
      setTimeout(() => void this.restart()); // once the client has told the server that ends
    } else if (event.affectsConfiguration("yaml")) {
      this.validatedOtherwise();
    } else if (event.affectsConfiguration(`${SECTION}.trace.server`)) {
      void this.client?.setTrace(Trace.fromString(this.setting("trace.server", "off")));
    }
  }

  /** The server is told at its start whether another one validates, so a change of that needs a new one. */
  private validatedOtherwise(): void {
    if (this.client !== undefined && schemaIsValidated() !== this.schemaIsValidated) {
      void this.restart();
    }
  }

  private async offerToInstall(): Promise<void> {
    const message = "Sidecar Lint found no server. Install the one that comes with the extension, in a folder of its own?";
    if ((await vscode.window.showWarningMessage(message, INSTALL)) === INSTALL) {
      await this.install();
    }
  }

  private async install(): Promise<void> {
    const options = { location: vscode.ProgressLocation.Notification, title: "Installing sidecar-lint" };
    try {
      await vscode.window.withProgress(options, () => installServer(this.context));
    } catch (error) {
      this.output.appendLine(String(error));
      void vscode.window.showErrorMessage("sidecar-lint could not be installed: see the output of Sidecar Lint.");
      return;
    }
    await this.restart();
  }

  dispose(): Promise<void> {
    this.status.dispose();
    this.manifests.dispose();
    return this.turn.then(() => this.stop());
  }
}

/** Whether a file may be one of Copilot's: anything else in YAML starts no server. */
function isCopilots(document: vscode.TextDocument): boolean {
  return document.languageId === "yaml" && document.uri.scheme === "file";
}

async function hasManifests(): Promise<boolean> {
  return (await vscode.workspace.findFiles("**/copilot/*/manifest.yml", "**/node_modules/**", 1)).length > 0;
}

let extension: Extension | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  extension = new Extension(context);
  extension.register();
  const opened = vscode.workspace.textDocuments.some((each) => isCopilots(each) && /\/copilot\//.test(each.uri.path));
  if (opened || (await hasManifests())) {
    await extension.restart();
    return;
  }
  const waiting = vscode.workspace.onDidOpenTextDocument((document) => {
    if (isCopilots(document) && /\/copilot\//.test(document.uri.path)) {
      waiting.dispose();
      void extension?.restart();
    }
  });
  context.subscriptions.push(waiting);
}

export function deactivate(): Promise<void> | undefined {
  return extension?.dispose();
}
