"""Seeded worlds whose truth we set: one module per idea.

In a world of ours the truth is an argument and is returned, so that a method can be
shown to find it, or to miss it, before it meets real customers.
"""
