/**
 * The extension in a real Visual Studio Code, as somebody uses it.
 *
 *   node e2e.mjs --code FOLDER --vsix FILE --server PROGRAM --workspace FOLDER --chromium PROGRAM
 *                [--pictures FOLDER]
 *
 * FOLDER of --code is what prepare.sh made; the workspace is copied before anything is done to it.
 */

import assert from "node:assert/strict";
import path from "node:path";
import { parseArgs } from "node:util";
import { Code, until } from "./code.mjs";

const MANIFEST = "copilot/storefront/manifest.yml";
/** Rules of the workspace: whoever loads them finds a file. */
const MARKER = "copilot/marker";
/** How many pictures a document has loaded; run in it. */
const PICTURES = `[...document.images].filter((image) => image.naturalWidth > 100).length`;
const FILES = {
  ".sidecar-lint.yml": "plugins: [copilot/own.py]\n",
  "copilot/own.py": `from pathlib import Path\n\nPath(__file__).with_name("${path.basename(MARKER)}").touch()\n`,
};
const OPTIONS = ["code", "vsix", "server", "workspace", "chromium", "pictures"];
const { values: options } = parseArgs({
  options: Object.fromEntries(OPTIONS.map((name) => [name, { type: "string" }])),
});

const settings = {
  user: {
    "breadcrumbs.enabled": false,
    "editor.hover.delay": 100,
    "editor.lineHeight": 1.35,
    "editor.minimap.enabled": false,
    "extensions.ignoreRecommendations": true,
    "files.autoSave": "off",
    "files.hotExit": "off",
    "telemetry.telemetryLevel": "off",
    "window.commandCenter": false,
    "workbench.activityBar.location": "hidden",
    "workbench.colorTheme": "Default Light Modern",
    "workbench.startupEditor": "none",
  },
  machine: {},
  workspace: { "sidecarLint.path": [path.resolve(options.server)], "sidecarLint.plugins": true },
};

/** Nobody trusts this workspace yet, so its settings choose no program: none is there. */
async function untrusted(code) {
  await code.page.getByText("No, I don't trust the authors").click();
  await code.open(MANIFEST);
  await code.see(".notifications-toasts", "Sidecar Lint found no server");
}

async function installed(code) {
  await code.page.locator(".notifications-toasts").getByText("Install", { exact: true }).click();
  await code.page.locator(".squiggly-error").first().waitFor({ timeout: 180_000 });
}

async function trusted(code) {
  await code.page.locator(".statusbar").getByText("Restricted Mode").click();
  await code.page.locator(".workspace-trust-editor").getByText("Trust", { exact: true }).click();
  await code.page.locator(".tabs-container .tab").getByText("manifest.yml").click();
  await code.page.locator(".squiggly-error").first().waitFor();
}

async function problems(code) {
  await code.command("View: Focus Problems");
  await code.see(".markers-panel", "no volume is named 'upload'");
  await code.see(".markers-panel", "SL110");
  await code.see(".markers-panel", "has no field 'healthCheck'");
}

async function settingsAreReadAgain(code) {
  const unknown = code.page.locator(".markers-panel").getByText("has no field 'healthCheck'").first();
  code.configure({ ...settings.workspace, "sidecarLint.schemaRules": "off" });
  await unknown.waitFor({ state: "hidden" });
  code.configure(settings.workspace);
  await unknown.waitFor();
  await code.press("Control+1");
}

async function hover(code) {
  await code.goTo(code.read(MANIFEST), "target_container", 2);
  await code.command("Show or Focus Hover");
  await code.see(".monaco-hover", "Target container");
  await code.press("Escape");
}

/** The pages have pictures of what is seen in a window that is small enough for them. */
async function picture(code, name) {
  if (options.pictures) {
    await code.page.waitForTimeout(500); // until nothing is half transparent
    await code.page.screenshot({ path: path.join(options.pictures, `${name}.png`) });
  }
}

/** What somebody sees who opens the manifest. */
async function findings(code) {
  await code.page.setViewportSize({ width: 900, height: 640 });
  await code.command("Notifications: Clear All Notifications");
  await code.command("View: Toggle Primary Side Bar Visibility");
  await code.goTo(code.read(MANIFEST), "name: storefront");
  await code.page.locator(".monaco-editor .view-line").getByText("nginz").first().hover();
  await code.see(".monaco-hover", "Target container");
  await picture(code, "vscode");
}

async function quickFix(code) {
  await code.goTo(code.read(MANIFEST), "source_volume: upload", 16);
  await code.press("Control+.");
  await code.see(".action-widget", "replace `upload` with `uploads`");
  await picture(code, "vscode-fix");
  await code.press("Enter"); // the preferred one comes first
  await code.saved(MANIFEST, (text) => text.includes("source_volume: uploads"));
}

async function completion(code) {
  const word = "target_container: nginz";
  await code.goTo(code.read(MANIFEST), word, word.length);
  for (let count = 0; count < "nginz".length; count++) {
    await code.press("Backspace");
  }
  await code.press("Control+Space");
  await code.page.locator(".suggest-widget .monaco-list-row").getByText("nginx").first().click();
  await code.saved(MANIFEST, (text) => text.includes("target_container: nginx\n"));
}

async function rename(code) {
  await code.goTo(code.read(MANIFEST), "target_container: nginx", 20);
  await code.press("F2");
  await code.page.locator(".rename-box input").fill("proxy");
  await code.press("Enter");
  await code.saved(MANIFEST, (text) => text.includes("target_container: proxy") && /\n {2}proxy:\n/.test(text));
}

async function effectiveManifest(code) {
  await code.command("Show Manifest of an Environment");
  await code.page.locator(".quick-input-list").getByText("prod").first().click();
  await code.see(".tabs-container", "manifest.prod.yml");
  await code.press("Control+End"); // what prod adds is at the end
  await code.page.locator(".editor-group-container").nth(1).getByText("retention").first().waitFor();
  await picture(code, "vscode-environment");
}

/** The page of the extension shows its icon and its pictures, which it carries. */
async function itsPage(code) {
  await code.command("Extensions: Show Enabled Extensions");
  await code.page.locator(".extensions-list").getByText("Sidecar Lint").first().click();
  await code.page.locator(".extension-editor .header img.icon").first().waitFor();
  const shown = () => Promise.all(code.page.frames().map((frame) => frame.evaluate(PICTURES).catch(() => 0)));
  await until(async () => Math.max(...(await shown())) >= 3, () => "the page shows three pictures");
}

/** What the workspace says of its own rules does not count; what the user says does. */
async function plugins(code) {
  assert.ok(!code.exists(MARKER), "rules of the workspace were loaded unasked");
  code.configureMachine({ "sidecarLint.plugins": true });
  await until(() => code.exists(MARKER), () => "the user allowed the rules of the workspace");
}

/** What nobody opened is reported where the user wants it. */
async function workspaceDiagnostics(code) {
  await code.command("View: Focus Problems");
  const unopened = code.page.locator(".markers-panel").getByText("legacy").first();
  assert.equal(await unopened.count(), 0);
  code.configure({ ...settings.workspace, "sidecarLint.workspaceDiagnostics": true });
  await unopened.waitFor();
  assert.equal(await code.page.locator(".notifications-toasts").getByText("failed").count(), 0);
}

const STEPS = {
  "an untrusted workspace chooses no program, and there is no other": untrusted,
  "the server that the extension carries is installed": installed,
  "a trusted workspace chooses the program": trusted,
  "squiggles, and the words in Problems": problems,
  "settings hold at once when they change": settingsAreReadAgain,
  hover,
  "a finding, and the words of one": findings,
  "a quick fix": quickFix,
  completion,
  "renaming a sidecar": rename,
  "the manifest of an environment": effectiveManifest,
  "findings in files that are not open": workspaceDiagnostics,
  "the page of the extension": itsPage,
  "rules of the workspace": plugins,
};

async function main() {
  const { server, pictures, ...places } = options;
  const start = Object.fromEntries(Object.entries(places).map(([name, place]) => [name, path.resolve(place)]));
  const code = await Code.start({ ...start, files: FILES, settings });
  try {
    for (const [name, step] of Object.entries(STEPS)) {
      const began = Date.now();
      await step(code);
      console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
  } catch (error) {
    console.error(`what it looked like: ${await code.failed()}`);
    throw error;
  } finally {
    await code.stop();
  }
}

await main();
