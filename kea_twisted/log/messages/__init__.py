"""The message tables, one module an area; `catalogue` has all of them."""
