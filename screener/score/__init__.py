"""Scoring a reading: documented features and hashed n-grams, one linear model whose reasons add up to the score."""
