"""The counsellors' pages: the mailbox and what is in it, the times to talk, and who holds the key."""
