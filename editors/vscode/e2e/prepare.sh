#!/usr/bin/env bash
# Put a Visual Studio Code that needs no desktop (code-server) into a folder, without any download
# besides npm packages: prepare.sh FOLDER
#
# Its own install steps want to be somebody other than root and fetch programs from elsewhere, so
# they are left out, and what must be compiled is compiled here. Needs Node.js 20, a C++ compiler,
# Python and ripgrep.
set -euo pipefail

folder=$1
version=4.100.3
mkdir -p "$folder"
cd "$folder"
[ -f ready-$version ] && exit 0

install=(npm install --ignore-scripts --no-audit --no-fund --loglevel=error)
[ -f package.json ] || npm init --yes >/dev/null
"${install[@]}" "code-server@$version" playwright-core@1.65.1 node-gyp@11
code=$PWD/node_modules/code-server/lib/vscode
(cd "$code" && "${install[@]}" --omit=dev)
(cd "$code/extensions" && "${install[@]}" --omit=dev)

headers=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
for module in "$code/node_modules/@vscode/spdlog" "$code/node_modules/node-pty"; do
  (cd "$module" && "$folder/node_modules/.bin/node-gyp" rebuild --nodedir="$headers" >build.log 2>&1) ||
    { tail -20 "$module/build.log"; exit 1; }
done
(cd node_modules/argon2 && npx node-pre-gyp rebuild --build-from-source --nodedir="$headers" >build.log 2>&1) ||
  { tail -20 node_modules/argon2/build.log; exit 1; }
mkdir -p "$code/node_modules/@vscode/ripgrep/bin"
ln -sf "$(command -v rg)" "$code/node_modules/@vscode/ripgrep/bin/rg"
touch "ready-$version"
