/**
 * The extension in a real Visual Studio Code, as somebody uses it.
 *
 *   node e2e.mjs --code FOLDER --vsix FILE --server PROGRAM --workspace FOLDER --chromium PROGRAM [--picture FILE]
 *
 * FOLDER of --code is what prepare.sh made; the workspace is copied before anything is done to it.
 */

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: Object.fromEntries(
    ["code", "vsix", "server", "workspace", "chromium", "picture"].map((name) => [name, { type: "string" }]),
  ),
});
const { chromium } = createRequire(path.join(path.resolve(options.code), "x.js"))("playwright-core");

const MANIFEST = "copilot/storefront/manifest.yml";
const PATIENCE_MS = 60_000;

const home = fs.mkdtempSync(path.join(os.tmpdir(), "sidecar-lint-vscode-"));
const workspace = path.join(home, "workspace");
const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home };
const entry = path.join(path.resolve(options.code), "node_modules/code-server/out/node/entry.js");
const folders = ["--user-data-dir", path.join(home, "data"), "--extensions-dir", path.join(home, "extensions")];

const settings = {
  "editor.hover.delay": 100,
  "editor.minimap.enabled": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "files.hotExit": "off",
  "security.workspace.trust.enabled": false,
  "sidecarLint.path": [path.resolve(options.server)],
  "telemetry.telemetryLevel": "off",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.startupEditor": "none",
};

function step(name) {
  console.log(`- ${name}`);
}

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function startCode() {
  fs.cpSync(path.resolve(options.workspace), workspace, { recursive: true });
  const machine = path.join(home, "data", "Machine");
  fs.mkdirSync(machine, { recursive: true });
  fs.writeFileSync(path.join(machine, "settings.json"), JSON.stringify(settings));
  const installed = spawnSync(
    process.execPath,
    [entry, ...folders, "--install-extension", path.resolve(options.vsix)],
    { env, encoding: "utf8" },
  );
  assert.equal(installed.status, 0, installed.stdout + installed.stderr);
  const port = await freePort();
  const flags = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check"];
  const code = spawn(process.execPath, [entry, ...folders, ...flags, workspace], { env, stdio: "ignore" });
  const address = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`;
  for (let waited = 0; waited < PATIENCE_MS; waited += 250) {
    try {
      await fetch(address);
      return { code, address };
    } catch {
      await new Promise((done) => setTimeout(done, 250));
    }
  }
  throw new Error("code-server did not start");
}

/** Run a command of the palette by its title. */
async function command(page, title) {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
  await page.keyboard.press("Enter");
}

async function open(page, file) {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").fill(file);
  await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".monaco-editor .view-line").first().waitFor();
}

/** Put the cursor on a line and column, both counted from one. */
async function goTo(page, line, column) {
  await page.keyboard.press("Control+G");
  await page.locator(".quick-input-widget input").fill(`:${line}:${column}`);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(200);
}

function placeOf(text, word, into = 0) {
  const before = text.slice(0, text.indexOf(word) + into);
  return [before.split("\n").length, before.length - before.lastIndexOf("\n")];
}

async function saved(page, check) {
  await page.keyboard.press("Control+S");
  const file = path.join(workspace, MANIFEST);
  for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
    const text = fs.readFileSync(file, "utf8");
    if (check(text)) {
      return text;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`the file is not as it should be:\n${fs.readFileSync(file, "utf8")}`);
}

async function findings(page) {
  step("squiggles, and the words in Problems");
  await page.locator(".squiggly-error").first().waitFor({ timeout: PATIENCE_MS });
  await command(page, "View: Focus Problems");
  const problems = page.locator(".markers-panel");
  await problems.getByText("no volume is named 'upload'").first().waitFor();
  await problems.getByText("SL110").first().waitFor();
  await page.keyboard.press("Control+1");
}

async function hover(page, text) {
  step("hover");
  await goTo(page, ...placeOf(text, "target_container", 2));
  await command(page, "Show or Focus Hover");
  await page.locator(".monaco-hover").getByText("Target container").first().waitFor();
  if (options.picture) {
    await page.screenshot({ path: options.picture });
  }
  await page.keyboard.press("Escape");
}

async function quickFix(page, text) {
  step("a quick fix");
  await goTo(page, ...placeOf(text, "source_volume: upload", 16));
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget").getByText("write `uploads`").first().waitFor();
  await page.keyboard.press("Enter");
  return saved(page, (now) => now.includes("source_volume: uploads"));
}

async function completion(page, text) {
  step("completion");
  await goTo(page, ...placeOf(text, "target_container: nginz", "target_container: nginz".length));
  for (let count = 0; count < "nginz".length; count++) {
    await page.keyboard.press("Backspace");
  }
  await page.keyboard.press("Control+Space");
  await page.locator(".suggest-widget .monaco-list-row").getByText("nginx").first().waitFor();
  await page.keyboard.type("nginx");
  await page.keyboard.press("Escape");
  return saved(page, (now) => now.includes("target_container: nginx"));
}

async function rename(page, text) {
  step("renaming a sidecar");
  await goTo(page, ...placeOf(text, "target_container: nginx", 20));
  await page.keyboard.press("F2");
  const input = page.locator(".rename-box input");
  await input.waitFor();
  await input.fill("proxy");
  await page.keyboard.press("Enter");
  return saved(page, (now) => now.includes("target_container: proxy") && /\n {2}proxy:\n/.test(now));
}

async function effectiveManifest(page) {
  step("the manifest of an environment");
  await command(page, "Sidecar Lint: Show Manifest of an Environment");
  await page.locator(".quick-input-list").getByText("prod").first().waitFor();
  await page.locator(".quick-input-widget input").fill("prod");
  await page.keyboard.press("Enter");
  await page.getByText("manifest.prod.yml").first().waitFor();
}

async function main() {
  const { code, address } = await startCode();
  const browser = await chromium.launch({
    executablePath: options.chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(address);
    await page.locator(".monaco-workbench").waitFor();
    await open(page, MANIFEST);
    let text = fs.readFileSync(path.join(workspace, MANIFEST), "utf8");
    await findings(page);
    await hover(page, text);
    text = await quickFix(page, text);
    text = await completion(page, text);
    await rename(page, text);
    await effectiveManifest(page);
  } catch (error) {
    const page = browser.contexts()[0]?.pages()[0];
    await page?.screenshot({ path: path.join(os.tmpdir(), "sidecar-lint-vscode.png") }).catch(() => {});
    throw error;
  } finally {
    await browser.close();
    code.kill();
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

await main();
