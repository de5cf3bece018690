"""cxlab: a course in customer loyalty whose every printed number is run and judged."""
