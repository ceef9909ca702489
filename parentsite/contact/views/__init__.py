"""Parents' pages: the list and one letter, beginning a letter, sharing one."""
