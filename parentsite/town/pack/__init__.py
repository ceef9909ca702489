"""Reading a town pack: a TOML document becomes a `Town`, or a list of problems, each with its line."""
