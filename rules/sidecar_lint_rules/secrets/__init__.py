"""SL623,SL626-SL628: the secrets that manifests use, and collectors that are configured by one."""

#: Without the word in a text, in whatever case, these modules find nothing in it.
LOOKS_FOR = {
    "secret": (
        "secret_of_another_application",
        "secret_without_input",
    ),
}
