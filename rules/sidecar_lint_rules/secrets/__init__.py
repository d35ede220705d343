"""SL616 to SL639: the input files of `copilot secret init`, and what of them manifests use."""
