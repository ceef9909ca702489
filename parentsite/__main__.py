"""`python -m parentsite` is the `parentsite` command."""

from parentsite.cli import main

main(prog_name="parentsite")
