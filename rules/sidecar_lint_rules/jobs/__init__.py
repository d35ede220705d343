"""SL086-SL090: when a Scheduled Job runs, for how long, and how often it is tried again."""
