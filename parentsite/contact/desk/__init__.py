"""The teams' pages: the queue, and one letter to take, answer, hand over and close."""
