"""SL718-SL722,SL726,SL88x-SL89x: the manifest of a pipeline: its source, its stages, what they deploy and run."""

from sidecar_lint import Rule

LOOKS_AT = (Rule.check_pipeline,)
