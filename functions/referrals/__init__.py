"""Occupational medicine: employees, referrals, examinations, certificates of fitness, packages."""
