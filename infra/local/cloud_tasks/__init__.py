"""A twin of Cloud Tasks: Google's own client library talks to it unchanged."""
