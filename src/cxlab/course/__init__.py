"""The course around the lessons: what runs, checks and renders them."""
