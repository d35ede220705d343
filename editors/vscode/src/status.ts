/** The entry in the language status of YAML files: which server runs, or why none does. */

import * as vscode from "vscode";

export class Status implements vscode.Disposable {
  private readonly item: vscode.LanguageStatusItem;

  constructor() {
    this.item = vscode.languages.createLanguageStatusItem("sidecarLint", { language: "yaml" });
    this.item.name = "Sidecar Lint";
    this.item.command = { command: "sidecarLint.showOutput", title: "Show output" };
  }

  starting(): void {
    this.show("Sidecar Lint: starting", vscode.LanguageStatusSeverity.Information, true);
  }

  running(version: string): void {
    this.show(`Sidecar Lint ${version}`, vscode.LanguageStatusSeverity.Information);
  }

  stopped(reason: string): void {
    this.show(`Sidecar Lint: ${reason}`, vscode.LanguageStatusSeverity.Error);
  }

  private show(text: string, severity: vscode.LanguageStatusSeverity, busy = false): void {
    this.item.text = text;
    this.item.severity = severity;
    this.item.busy = busy;
  }

  dispose(): void {
    this.item.dispose();
  }
}
