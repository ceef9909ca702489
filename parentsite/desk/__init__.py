"""The staff's front door: sign-in and the combined queue. Asks the journeys; knows none of them."""
