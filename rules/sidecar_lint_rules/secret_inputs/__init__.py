"""SL616-SL622,SL624-SL625: the input files of `copilot secret init`."""

from sidecar_lint import Rule

LOOKS_AT = (Rule.check_secret_input,)
