"""What all tests share: one hypothesis profile, the same on every machine."""

from hypothesis import settings

# Derandomised: a failure is found again. No deadline: CI machines stutter.
settings.register_profile("course", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("course")
