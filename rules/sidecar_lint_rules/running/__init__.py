"""SL000,SL039,SL041: what befalls rules while they run, and a file on which none was."""

#: The program says these itself.
LOOKS_AT = ()
