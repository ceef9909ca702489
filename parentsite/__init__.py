"""The self-service site where parents meet their town, from pregnancy to the first day of school."""
