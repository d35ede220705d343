"""SL7: environments: the overrides of each, and what workloads need of them and of each other there."""
