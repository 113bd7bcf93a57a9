# Task queues. A task that fails is tried again for a day; what cannot be digested is buried by its function
# (shared/runtime/dead_letters.py) long before, so no attempt is ever the last by the queue's own count.

variable "region" {
  description = "Where it lies."
  type        = string
}

variable "queues" {
  description = "Names of the queues."
  type        = list(string)
}

variable "rates" {
  description = "Dispatches a second and at once, where a queue differs from the default."
  type        = map(object({ per_second = number, at_once = number }))
  default = {
    # As fast as other people's systems like it.
    clinics   = { per_second = 10, at_once = 10 }
    directory = { per_second = 5, at_once = 5 }
    # As fast as one kind of heavy function may be started.
    papers    = { per_second = 5, at_once = 10 }
    documents = { per_second = 10, at_once = 20 }
  }
}

locals {
  usual = { per_second = 100, at_once = 200 }
}

resource "google_cloud_tasks_queue" "this" {
  for_each = toset(var.queues)

  name     = each.key
  location = var.region

  rate_limits {
    max_dispatches_per_second = lookup(var.rates, each.key, local.usual).per_second
    max_concurrent_dispatches = lookup(var.rates, each.key, local.usual).at_once
  }

  retry_config {
    max_attempts       = -1
    max_retry_duration = "86400s"
    min_backoff        = "2s"
    max_backoff        = "600s"
    max_doublings      = 8
  }

  stackdriver_logging_config {
    sampling_ratio = 0.01
  }
}

output "names" {
  value = [for one in google_cloud_tasks_queue.this : one.name]
}
