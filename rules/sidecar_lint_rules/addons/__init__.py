"""The templates in the `addons/` folder of a workload."""
