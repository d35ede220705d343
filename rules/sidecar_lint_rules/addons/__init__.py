"""SL810-SL839: the templates in the `addons/` folder of a workload."""
