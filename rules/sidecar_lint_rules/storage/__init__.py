"""SL3: storage, volumes and EFS."""
