"""What Copilot generates from a manifest: the CloudFormation template of an environment, as data."""
