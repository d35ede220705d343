"""What lies around a manifest: the `copilot/` folder, read when it is asked for."""
