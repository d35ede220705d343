#!/usr/bin/env bash
# cdk-from-cfn, which `cdk migrate` runs, writes TypeScript that does not parse, and C# that says less.
#
# A metadata key with a colon becomes an unquoted property name in TypeScript; in Python it is quoted, in C#
# the metadata is gone without a word. The exit status is that of success. Each resource that Copilot
# generates has the key `aws:copilot:description`, so no stack of Copilot's can be migrated to TypeScript
# without mending every resource by hand.
#
# Seen on 2026-11-28 with cdk-from-cfn 0.336.0 and TypeScript 5.9.3:
#   typescript: syntax errors / python: key quoted / csharp: no metadata
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund cdk-from-cfn@0.336.0 typescript@5.9.3

cat >ask.js <<'JAVASCRIPT'
const { transmute } = require("cdk-from-cfn");
const ts = require("typescript");
const template = JSON.stringify({
  Resources: {
    LogGroup: {
      Type: "AWS::Logs::LogGroup",
      Metadata: { "aws:copilot:description": "A log group" },
      Properties: { LogGroupName: "/copilot/api" },
    },
  },
});
const written = (language) => transmute(template, language, "ApiStack", "stack");
const line = (language) => written(language).split("\n").find((text) => text.includes("description")) ?? "no metadata";
const parsed = ts.transpileModule(written("typescript"), { reportDiagnostics: true });
console.log("typescript", line("typescript").trim(), parsed.diagnostics.length > 0 ? "(does not parse)" : "(parses)");
console.log("python", line("python").trim());
console.log("csharp", line("csharp").trim());
JAVASCRIPT

seen=$(node ask.js)
echo "$seen"
[ "$seen" = "typescript aws:copilot:description: 'A log group', (does not parse)
python 'aws:copilot:description': 'A log group',
csharp no metadata" ]
