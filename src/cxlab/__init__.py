"""A course in customer loyalty whose every number is run, tested and judged."""
