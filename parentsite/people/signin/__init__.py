"""How the site learns who somebody is: from MitID's broker (parents), from the town's own login (staff)."""
