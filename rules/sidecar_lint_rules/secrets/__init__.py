"""SL616-SL639: the input files of `copilot secret init`, and what of them manifests use."""
