/** The manifest that an environment gets, as a document that cannot be edited. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

const SCHEME = "sidecar-lint-environment";
const TITLE = "Which environment?";
/** How the server calls the environments that a manifest does not name. */
const ANY = { name: "*", label: "any other environment" };

/** A manifest, and what its reader should know about it. */
interface Effective {
  readonly text: string;
  readonly note: string;
}

/** Asks the server for a manifest; the environment is the fragment of the address. */
export class EffectiveManifests implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly disposables: vscode.Disposable[];
  readonly onDidChange = this.changed.event;

  constructor(private readonly client: () => LanguageClient | undefined) {
    this.disposables = [
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidChangeTextDocument((event) => this.refresh(event.document.uri)),
    ];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const manifest = vscode.Uri.parse(uri.query);
    const found = await this.ask<Effective>("sidecarLint.effectiveManifest", manifest, uri.fragment);
    return found === undefined ? "" : (found.note && `# ${found.note}\n`) + found.text;
  }

  /** Let the user choose an environment of the manifest in the active editor, and show its manifest. */
  async show(): Promise<void> {
    const manifest = vscode.window.activeTextEditor?.document.uri;
    if (manifest === undefined || manifest.scheme === SCHEME) {
      return;
    }
    const names = (await this.ask<string[]>("sidecarLint.environments", manifest)) ?? [];
    // `$(name)` would be drawn as an icon.
    const items = names.map((name) => ({ name, label: name === ANY.name ? ANY.label : name.replaceAll("$(", "\\$(") }));
    const environment = (await vscode.window.showQuickPick(items, { title: TITLE }))?.name;
    if (environment !== undefined) {
      const path = manifest.path.replace(/\.ya?ml$/, environment === ANY.name ? ".any.yml" : `.${environment}.yml`);
      const uri = vscode.Uri.from({ scheme: SCHEME, path, query: manifest.toString(), fragment: environment });
      await vscode.window.showTextDocument(uri, { preview: true, viewColumn: vscode.ViewColumn.Beside });
    }
  }

  private refresh(changed: vscode.Uri): void {
    for (const document of vscode.workspace.textDocuments) {
      if (document.uri.scheme === SCHEME && document.uri.query === changed.toString()) {
        this.changed.fire(document.uri);
      }
    }
  }

  private async ask<Answer>(command: string, manifest: vscode.Uri, ...rest: string[]): Promise<Answer | undefined> {
    const params = { command, arguments: [manifest.toString(), ...rest] };
    return this.client()?.sendRequest<Answer>("workspace/executeCommand", params);
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
