"""Configuration: keywords as typed models, and the immutable snapshot that the server works from."""
