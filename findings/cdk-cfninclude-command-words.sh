#!/usr/bin/env bash
# CDK's CfnInclude changes unquoted words of a container's command while it "includes" a template.
#
# It reads the template with YAML 1.2's types and writes what it read as text: 022 becomes "22", 0o10 "8",
# 1.10 "1.1", 0x1F "31", 1e3 "1000", a long account-like number loses its last digits, and null is gone from
# the list, so all words behind it move. Copilot writes command words unquoted: a version, a file mode or an
# identifier in `command:` is another one after the move to CDK, and the synthesis says nothing.
#
# For those who leave Copilot by way of CDK: take the words from the manifest, and quote them.
# Seen on 2026-11-28 with aws-cdk-lib 2.276.0, constructs 10.8.1:
#   ["serve","22","8","1.1","31","1000","12:30","123456789012345680000"]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund aws-cdk-lib@2.276.0 constructs@10.8.1

cat >template.yml <<'YAML'
Resources:
  TaskDefinition:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: api
      ContainerDefinitions:
        - Name: api
          Image: nginx:1.27
          Command: [serve, 022, 0o10, 1.10, 0x1F, 1e3, null, 12:30, 123456789012345678901]
YAML
cat >ask.js <<'JAVASCRIPT'
const cdk = require("aws-cdk-lib");
const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");
const app = new cdk.App({ analyticsReporting: false });
const stack = new cdk.Stack(app, "Api");
new CfnInclude(stack, "Included", { templateFile: "template.yml" });
const { template } = app.synth().getStackByName("Api");
console.log(JSON.stringify(template.Resources.TaskDefinition.Properties.ContainerDefinitions[0].Command));
JAVASCRIPT

seen=$(node ask.js 2>messages.txt)
echo "$seen"
[ "$seen" = '["serve","22","8","1.1","31","1000","12:30","123456789012345680000"]' ]
