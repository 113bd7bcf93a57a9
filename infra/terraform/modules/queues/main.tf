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

# Dispatches a second and at once, and why. infra/capacity reads the same file.
locals {
  rates = jsondecode(file("${path.module}/rates.json"))
  rate = {
    for one in var.queues : one => {
      per_second = try(local.rates.queues[one].per_second, local.rates.usual.per_second)
      at_once    = try(local.rates.queues[one].at_once, local.rates.usual.at_once)
    }
  }
}

resource "google_cloud_tasks_queue" "this" {
  for_each = toset(var.queues)

  name     = each.key
  location = var.region

  rate_limits {
    max_dispatches_per_second = local.rate[each.key].per_second
    max_concurrent_dispatches = local.rate[each.key].at_once
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
