"""Pictures of results: each plot takes a result already computed and returns axes."""
