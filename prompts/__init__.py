"""The Vietnamese that users read: answers, sample questions."""
