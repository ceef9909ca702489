"""What proves the house: its laws, its rules, its verbs, its pages, and whole journeys in a real browser."""
