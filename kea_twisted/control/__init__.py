"""Commands: the table of them, dispatch and answers, and the UNIX socket they come in by."""
