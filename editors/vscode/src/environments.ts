/** What an environment gets (its manifest, template, task definition), as documents that cannot be edited. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

const SCHEME = "sidecar-lint-environment";
const TITLE = "Which environment?";
/** How the server calls the environments that a manifest does not name. */
const ANY = { name: "*", label: "any other environment" };

/** How a form is called: in the server's command, and at the end of the document's name. */
interface Form {
  readonly command: string;
  readonly suffix: string;
  readonly comment: string;
}

export const FORMS = {
  manifest: { command: "sidecarLint.effectiveManifest", suffix: "yml", comment: "# " },
  template: { command: "sidecarLint.effectiveTemplate", suffix: "template.yml", comment: "# " },
  taskDefinition: { command: "sidecarLint.effectiveTaskDefinition", suffix: "task-definition.json", comment: "" },
} satisfies Record<string, Form>;

export type FormName = keyof typeof FORMS;

/** A document, and what its reader should know about it. */
interface Effective {
  readonly text: string;
  readonly note: string;
}

/** Asks the server for a document; form and environment are the fragment of its address. */
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
    const [name, environment = ANY.name] = uri.fragment.split("/", 2);
    const form = FORMS[name as FormName];
    const found = await this.ask<Effective>(form.command, manifest, environment);
    if (found === undefined) {
      return "";
    }
    return (found.note && form.comment && `${form.comment}${found.note}\n`) + found.text;
  }

  /** Let the user choose an environment of the manifest in the active editor, and show what it gets. */
  async show(form: FormName): Promise<void> {
    const manifest = vscode.window.activeTextEditor?.document.uri;
    if (manifest === undefined || manifest.scheme === SCHEME) {
      return;
    }
    const names = (await this.ask<string[]>("sidecarLint.environments", manifest)) ?? [];
    // `$(name)` would be drawn as an icon.
    const items = names.map((name) => ({ name, label: name === ANY.name ? ANY.label : name.replaceAll("$(", "\\$(") }));
    const environment = (await vscode.window.showQuickPick(items, { title: TITLE }))?.name;
    if (environment !== undefined) {
      const which = environment === ANY.name ? "any" : environment;
      const path = manifest.path.replace(/\.ya?ml$/, `.${which}.${FORMS[form].suffix}`);
      const fragment = `${form}/${environment}`;
      const uri = vscode.Uri.from({ scheme: SCHEME, path, query: manifest.toString(), fragment });
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
