"""What the anonymous conversation decides by itself: phrases, messages, days. Standard library only."""
