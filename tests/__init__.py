"""All tests. See DESIGN.md section 6 for what each folder is for."""
