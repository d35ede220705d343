"""SL05x-SL09x: the workload itself: its image, http, count, network, topics and deployment."""
