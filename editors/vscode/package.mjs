/** Put beside the extension what its package carries: the licence, the server as a wheel, and its page with pictures. */

import { execFileSync } from "node:child_process";
import fs from "node:fs";

const PROJECT = "../..";
const PYTHON = process.platform === "win32" ? "py" : "python3";

fs.copyFileSync(`${PROJECT}/LICENSE`, "LICENSE");
fs.rmSync("wheel", { recursive: true, force: true });
execFileSync(PYTHON, ["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "wheel", PROJECT], { stdio: "inherit" });

/** An editor shows the pictures of a page that are in the page itself, or on a server; the project has none yet. */
const page = fs.readFileSync("README.md", "utf8").replace(/(!\[[^\]]*\])\(([^)]+\.png)\)/g, (_, words, file) => {
  return `${words}(data:image/png;base64,${fs.readFileSync(file, "base64")})`;
});
fs.mkdirSync("dist", { recursive: true });
fs.writeFileSync("dist/README.md", page);
