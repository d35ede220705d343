"""SL930,SL934,SL938: the containers in which collectors run."""
