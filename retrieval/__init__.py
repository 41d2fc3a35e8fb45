"""Understand questions, find the passages that may answer, and read the answer out of them."""
