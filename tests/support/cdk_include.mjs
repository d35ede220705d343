// Synthesizes a stack that includes a template: `node cdk_include.mjs NODE_MODULES TEMPLATE`.
import { createRequire } from "node:module";

const [modules, template] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { App, Stack } = require("aws-cdk-lib");
const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");

const app = new App({ analyticsReporting: false });
const stack = new Stack(app, "Left");
new CfnInclude(stack, "Template", { templateFile: template });
console.log(JSON.stringify(app.synth().getStackByName("Left").template));
