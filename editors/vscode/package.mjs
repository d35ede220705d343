/** Put beside the extension what its package carries: the licence, and the server as a wheel. */

import { execFileSync } from "node:child_process";
import fs from "node:fs";

const PROJECT = "../..";
const PYTHON = process.platform === "win32" ? "py" : "python3";

fs.copyFileSync(`${PROJECT}/LICENSE`, "LICENSE");
fs.rmSync("wheel", { recursive: true, force: true });
execFileSync(PYTHON, ["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "wheel", PROJECT], { stdio: "inherit" });
