"""The parents' pages: the plan, picking a time, the appointment, and what one may ask for; all on one blueprint."""
