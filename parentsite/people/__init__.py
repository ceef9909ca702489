"""Parents and their children as the town knows them: custody, residence, protection, sign-in, and who may see what."""
