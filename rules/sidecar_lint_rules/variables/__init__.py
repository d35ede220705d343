"""SL6: variables and secrets."""

#: Without the word in a text, in whatever case, these modules find nothing in it.
LOOKS_FOR = {
    "from_cfn": ("empty_import",),
    "secret": (
        "bare_secret_name",
        "duplicate_variable_and_secret",
        "empty_secret",
        "invalid_secret_name",
        "misspelt_secret_path",
        "secret_breaks_template",
        "secret_name_taken_for_suffix",
        "secret_of_another_environment",
        "secret_of_several_environments",
    ),
}
