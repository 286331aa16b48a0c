"""The parser scored against gold pages: what a person says stands on a page, and what the parser made of it."""
