# One job for each function with a timetable.

variable "region" {
  description = "Where it lies."
  type        = string
}

variable "functions" {
  description = "Those with a timetable, by entry point."
  type        = map(object({ service = string, path = string, cron = string, time_zone = string, timeout_seconds = number }))
}

variable "internal_url" {
  description = "Of a service, with {service} where its name stands."
  type        = string
}

variable "caller" {
  description = "E-mail of the account that calls, and is named in each token."
  type        = string
}

resource "google_cloud_scheduler_job" "this" {
  for_each = var.functions

  name             = each.value.service
  region           = var.region
  schedule         = each.value.cron
  time_zone        = each.value.time_zone
  attempt_deadline = "${max(15, each.value.timeout_seconds + 5)}s"

  retry_config {
    retry_count          = 3
    min_backoff_duration = "5s"
    max_backoff_duration = "60s"
  }

  http_target {
    http_method = "POST"
    uri         = "${replace(var.internal_url, "{service}", each.value.service)}${each.value.path}"
    headers     = { "Content-Type" = "application/json" }
    body        = base64encode("{}")

    oidc_token {
      service_account_email = var.caller
      audience              = replace(var.internal_url, "{service}", each.value.service)
    }
  }
}
