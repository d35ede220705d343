"""SL086-SL090: when a Scheduled Job runs, for how long, and how often it is tried again."""

#: Without the word in a text, in whatever case, these modules find nothing in it.
LOOKS_FOR = {
    "scheduled": (
        "invalid_job_timeout",
        "invalid_schedule",
        "invalid_schedule_expression",
        "lost_schedule_step",
        "negative_retries",
    ),
}
