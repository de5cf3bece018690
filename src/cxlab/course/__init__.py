"""What runs, verifies and renders the course. Lessons never import it."""
