"""SL05x-SL09x,SL58x-SL59x: the workload itself: its image, http, count, network, topics and deployment."""
