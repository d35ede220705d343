/** A Visual Studio Code of its own for a test, in a browser: how it is started, and what hands do in it. */

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";

/** How long anything may take; a busy machine is slow. */
const PATIENCE_MS = 60_000;
const PICTURE_OF_FAILURE = path.join(os.tmpdir(), "sidecar-lint-vscode-failed.png");
const BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Wait until a function says something true, and say what that is. */
export async function until(found, what, patience = PATIENCE_MS) {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    const result = await found();
    if (result) {
      return result;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`waited in vain: ${what()}`);
}

function writeJson(file, value) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(value, null, 2));
}

/** Every folder of PATH but those with a program of this name. */
function pathWithout(program) {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.filter((folder) => !fs.existsSync(path.join(folder, program))).join(path.delimiter);
}

export class Code {
  /** `code` is the folder that prepare.sh made, `workspace` is copied and gets `files`, settings are by their scope. */
  static async start({ code, vsix, chromium, workspace, files, settings }) {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "sidecar-lint-vscode-"));
    const self = new Code(home);
    fs.cpSync(workspace, self.workspace, { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      fs.writeFileSync(path.join(self.workspace, file), text);
    }
    writeJson(path.join(home, "data/User/settings.json"), settings.user);
    self.configureMachine(settings.machine);
    self.configure(settings.workspace);
    try {
      await self.#serve(path.join(code, "node_modules/code-server/out/node/entry.js"), vsix);
      await self.#browse(createRequire(path.join(code, "package.json"))("playwright-core"), chromium);
    } catch (error) {
      await self.stop();
      throw error;
    }
    return self;
  }

  constructor(home) {
    this.home = home;
    this.workspace = path.join(home, "workspace");
  }

  async #serve(entry, vsix) {
    const env = {
      ...process.env,
      HOME: this.home,
      PATH: pathWithout("sidecar-lint"),
      XDG_CONFIG_HOME: this.home,
      XDG_DATA_HOME: this.home,
    };
    const folders = ["--user-data-dir", path.join(this.home, "data"), "--extensions-dir", path.join(this.home, "extensions")];
    const installed = spawnSync(process.execPath, [entry, ...folders, "--install-extension", vsix], { env, encoding: "utf8" });
    assert.equal(installed.status, 0, installed.stdout + installed.stderr);
    const port = await freePort();
    const flags = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check"];
    this.process = spawn(process.execPath, [entry, ...folders, ...flags, this.workspace], { env, stdio: "ignore" });
    this.address = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(this.workspace)}`;
    await until(() => fetch(this.address).then((answer) => answer.ok, () => false), () => "code-server did not start");
  }

  async #browse({ chromium }, executablePath) {
    this.browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
    this.page = await this.browser.newPage({ viewport: { width: 1100, height: 700 } });
    this.page.setDefaultTimeout(PATIENCE_MS);
    await this.page.goto(this.address);
    await this.page.locator(".monaco-workbench").waitFor();
  }

  async stop() {
    await this.browser?.close();
    this.process?.kill();
    fs.rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Keep what is to be seen now, for whoever looks into a failure; the name of the picture. */
  async failed() {
    await this.page.screenshot({ path: PICTURE_OF_FAILURE }).catch(() => {});
    return PICTURE_OF_FAILURE;
  }

  /** Write the settings of the workspace. */
  configure(settings) {
    writeJson(path.join(this.workspace, ".vscode/settings.json"), settings);
  }

  /** Write the settings of the user for this machine, which no workspace can change. */
  configureMachine(settings) {
    writeJson(path.join(this.home, "data/Machine/settings.json"), settings);
  }

  exists(file) {
    return fs.existsSync(path.join(this.workspace, file));
  }

  read(file) {
    return fs.readFileSync(path.join(this.workspace, file), "utf8");
  }

  /** Something with these words in it. */
  see(selector, words) {
    return this.page.locator(selector).getByText(words).first().waitFor();
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  async #pick(key, words) {
    await this.press(key);
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(words);
  }

  /** Run a command of the palette by its title. */
  async command(title) {
    await this.#pick("F1", `>${title}`);
    await this.page.locator(".quick-input-list .monaco-list-row").getByText(title).first().click();
  }

  async open(file) {
    await this.#pick("Control+P", file);
    await this.page.locator(".quick-input-list .monaco-list-row").getByText(path.basename(file)).first().waitFor();
    await this.press("Enter");
    await this.page.locator(".monaco-editor .view-line").first().waitFor();
  }

  /** Put the cursor `into` characters behind the beginning of some words. */
  async goTo(text, words, into = 0) {
    assert.ok(text.includes(words), words);
    const before = text.slice(0, text.indexOf(words) + into).split("\n");
    await this.#pick("Control+G", `:${before.length}:${before.at(-1).length + 1}`);
    await this.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** Save the file in the editor, until it is on disk as it should be; its text. */
  async saved(file, right) {
    return until(
      async () => {
        await this.press("Control+S");
        return right(this.read(file)) && this.read(file);
      },
      () => `the file is\n${this.read(file)}`,
    );
  }
}
