"""SL842,SL844-SL845,SL847: overrides: what becomes of them, and what in the template comes to its end."""

#: Without the word in a text, in whatever case, these modules find nothing in it.
LOOKS_FOR = {
    "taskdef_overrides": ("split_override_item",),
}
