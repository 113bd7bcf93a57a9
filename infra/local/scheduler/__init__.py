"""A twin of Cloud Scheduler, going by the movable clock."""
