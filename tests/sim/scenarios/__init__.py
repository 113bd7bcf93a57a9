"""One file for each set of scenarios: it names them in SCENARIOS, and nothing else has to know of it."""
