"""Measure answers and speed on the sample reports; not needed to run the assistant."""
