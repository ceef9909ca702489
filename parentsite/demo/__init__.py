"""The demo: families and staff who do not exist, with a sign-in of their own. Production refuses it."""
