"""The rules of occupational medicine: pure, without vendors and without HTTP."""
