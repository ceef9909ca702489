"""The verbs of letters: begin, write on, share; claim, answer, hand over, close; mark as read, forget."""
