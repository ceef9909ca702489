"""The town as data: districts, houses, services, prices and settings, all read from a town pack."""
