"""SL616-SL628: the input files of `copilot secret init`, and which of their secrets manifests use."""
