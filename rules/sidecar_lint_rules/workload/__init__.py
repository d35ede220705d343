"""SL050-SL099: the workload itself: its image, http, count, network, topics and deployment."""
