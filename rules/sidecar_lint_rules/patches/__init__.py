"""SL840-SL841,SL843: patches of the template that Copilot makes."""

from sidecar_lint import Rule

LOOKS_AT = (Rule.check_patches,)
