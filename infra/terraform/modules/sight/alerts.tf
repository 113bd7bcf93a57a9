# What wakes somebody. Each alert names its entry in docs/runbook.md; tests/infra/terraform look that it is there.

locals {
  # Log lines, by their message. `above`: so many within ten minutes are still nothing.
  lines = {
    sms_account_rejected  = { above = 0, page = true, entry = "the-sms-provider-is-out", about = "Twilio refuses our account: no text goes out" }
    sms_outcome_unknown   = { above = 10, page = false, entry = "the-sms-provider-is-out", about = "Twilio does not answer clearly" }
    mail_delayed          = { above = 20, page = false, entry = "mails-do-not-go-out", about = "The mail server is away, or refuses our account" }
    mail_outcome_unknown  = { above = 10, page = false, entry = "mails-do-not-go-out", about = "The mail server does not answer clearly" }
    mail_refused          = { above = 10, page = false, entry = "mails-do-not-go-out", about = "The mail server says no for ever" }
    letter_failed         = { above = 3, page = true, entry = "the-outbox-grows-old", about = "Letters cannot be performed" }
    buried                = { above = 0, page = false, entry = "a-dead-letter", about = "A message could not be digested" }
    crashed               = { above = 0, page = false, entry = "a-function-crashes", about = "An error nobody foresaw" }
    step_failed           = { above = 3, page = false, entry = "a-sweepers-step-fails", about = "A sweeper cannot move records on" }
    record_not_readable   = { above = 0, page = true, entry = "a-record-cannot-be-read", about = "A record does not fit its model" }
    letter_not_understood = { above = 0, page = true, entry = "a-record-cannot-be-read", about = "A letter does not fit its model" }
    call_gave_up          = { above = 2, page = false, entry = "a-call-lost-every-race", about = "Too many writers of one record" }
    webhook_refused       = { above = 20, page = false, entry = "webhooks-are-lost-or-refused", about = "Webhooks are refused" }
    scanner_unclear       = { above = 20, page = false, entry = "documents-stay-in-checking", about = "The virus scanner is away" }
    promise_broken        = { above = 0, page = true, entry = "a-promise-is-broken", about = "The nightly check found a record that contradicts itself" }
    letter_result_refused = { above = 20, page = false, entry = "the-outbox-grows-old", about = "Results of letters collide: processes freeze" }
  }

  # Gauges that platform/report_metrics writes every minute as a log line `figures`.
  gauges = {
    outbox_age_seconds = { above = 300, window = "120s", page = true, entry = "the-outbox-grows-old", about = "The oldest open letter is too old" }
    dead_letters       = { above = 0, window = "120s", page = false, entry = "a-dead-letter", about = "Messages lie buried and nobody has replayed them" }
    visits_stuck       = { above = 0, window = "120s", page = true, entry = "a-visit-is-stuck", about = "Visits whose deadline has passed and that nothing has moved" }
    certificates_stuck = { above = 0, window = "600s", page = false, entry = "certificates-or-referrals-are-stuck", about = "Certificates that no sweeper has moved" }
    referrals_stuck    = { above = 0, window = "600s", page = false, entry = "certificates-or-referrals-are-stuck", about = "Referrals that no sweeper has moved" }
  }
}

resource "google_monitoring_notification_channel" "mail" {
  for_each = toset(var.mails)

  display_name = each.key
  type         = "email"
  labels       = { email_address = each.key }
}

resource "google_logging_metric" "line" {
  for_each = local.lines

  name        = "visita/${each.key}"
  description = each.value.about
  filter      = "resource.type=\"cloud_run_revision\" AND jsonPayload.message=\"${each.key}\""

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"

    labels {
      key = "function"
    }
  }

  label_extractors = { function = "EXTRACT(jsonPayload.function)" }
}

resource "google_logging_metric" "gauge" {
  for_each = merge(local.gauges, { for name in local.shown : name => { about = "For the dashboard" } })

  name            = "visita/${each.key}"
  description     = each.value.about
  filter          = "resource.type=\"cloud_run_revision\" AND jsonPayload.message=\"figures\" AND jsonPayload.${each.key}>=0"
  value_extractor = "EXTRACT(jsonPayload.${each.key})"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
  }
}

resource "google_monitoring_alert_policy" "line" {
  for_each = local.lines

  display_name = each.key
  combiner     = "OR"
  severity     = each.value.page ? "CRITICAL" : "WARNING"

  conditions {
    display_name = each.value.about

    condition_threshold {
      filter          = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.line[each.key].name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.above
      duration        = "0s"

      aggregations {
        alignment_period     = "600s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["metric.label.function"]
      }
    }
  }

  documentation {
    subject   = each.value.about
    content   = "${each.value.about}. ${var.runbook_url}#${each.value.entry}"
    mime_type = "text/markdown"
  }

  alert_strategy {
    auto_close = "86400s"
  }

  notification_channels = each.value.page ? local.pages : local.channels
}

resource "google_monitoring_alert_policy" "gauge" {
  for_each = local.gauges

  display_name = each.key
  combiner     = "OR"
  severity     = each.value.page ? "CRITICAL" : "WARNING"

  conditions {
    display_name = each.value.about

    condition_threshold {
      filter          = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.gauge[each.key].name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.above
      duration        = "300s"

      aggregations {
        alignment_period     = each.value.window
        per_series_aligner   = "ALIGN_PERCENTILE_99"
        cross_series_reducer = "REDUCE_MAX"
      }
    }
  }

  documentation {
    subject   = each.value.about
    content   = "${each.value.about}. ${var.runbook_url}#${each.value.entry}"
    mime_type = "text/markdown"
  }

  notification_channels = each.value.page ? local.pages : local.channels
}

locals {
  # Timetables by how often they come: silent after so long. What runs once a day is beyond what Monitoring can miss.
  timetables = {
    "* * * * *"    = { seconds = 600, page = true, about = "every minute has not run for ten" }
    "*/2 * * * *"  = { seconds = 900, page = true, about = "every two minutes has not run for fifteen" }
    "*/5 * * * *"  = { seconds = 1800, page = false, about = "every five minutes has not run for half an hour" }
    "*/10 * * * *" = { seconds = 3600, page = false, about = "every ten minutes has not run for an hour" }
  }
  timed = { for cron, one in local.timetables : cron => merge(one, {
    services = [for function in var.functions : function.service if function.trigger == "schedule" && function.cron == cron]
  }) if anytrue([for function in var.functions : function.cron == cron]) }
}

# Each by itself: the other schedules may run on while one is paused, refused, or fails every time.
resource "google_monitoring_alert_policy" "schedule_silent" {
  for_each = local.timed

  display_name = "schedule_silent ${each.value.seconds}"
  combiner     = "OR"
  severity     = each.value.page ? "CRITICAL" : "WARNING"

  conditions {
    display_name = "What runs ${each.value.about}"

    condition_absent {
      filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"2xx\" AND resource.labels.service_name=one_of(${join(",", [for name in each.value.services : "\"${name}\""])})"
      duration = "${each.value.seconds}s"

      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["resource.label.service_name"]
      }
    }
  }

  documentation {
    subject   = "A schedule is silent"
    content   = "What runs ${each.value.about}; the alert names the service. ${var.runbook_url}#schedules-do-not-run"
    mime_type = "text/markdown"
  }

  notification_channels = each.value.page ? local.pages : local.channels
}

# Silence of all is the worst sign: who measures has not run.
resource "google_monitoring_alert_policy" "schedules_silent" {
  display_name = "schedules_silent"
  combiner     = "OR"
  severity     = "CRITICAL"

  conditions {
    display_name = "No figures for ten minutes"

    condition_absent {
      filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.gauge["outbox_age_seconds"].name}\""
      duration = "600s"

      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_PERCENTILE_99" # counts are for numbers; the metric is a distribution
        cross_series_reducer = "REDUCE_MAX"
      }
    }
  }

  documentation {
    subject   = "Schedules do not run"
    content   = "platform__report_metrics has said nothing for ten minutes: are the schedules running? ${var.runbook_url}#schedules-do-not-run"
    mime_type = "text/markdown"
  }

  notification_channels = local.pages
}

resource "google_monitoring_alert_policy" "undelivered" {
  display_name = "undelivered"
  combiner     = "OR"
  severity     = "WARNING"

  conditions {
    display_name = "Messages in a -dead subscription"

    condition_threshold {
      filter          = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=monitoring.regex.full_match(\".*-dead\") AND metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "60s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    subject   = "A message could not be delivered"
    content   = "Pub/Sub gave up on a message. ${var.runbook_url}#a-dead-letter"
    mime_type = "text/markdown"
  }

  notification_channels = local.channels
}

resource "google_monitoring_alert_policy" "queue_long" {
  display_name = "queue_long"
  combiner     = "OR"
  severity     = "WARNING"

  conditions {
    display_name = "More than a thousand tasks wait for ten minutes"

    condition_threshold {
      filter          = "resource.type=\"cloud_tasks_queue\" AND metric.type=\"cloudtasks.googleapis.com/queue/depth\""
      comparison      = "COMPARISON_GT"
      threshold_value = 1000
      duration        = "600s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    subject   = "A queue is long"
    content   = "Timers count as waiting too: look at the rate as well. ${var.runbook_url}#a-queue-is-long"
    mime_type = "text/markdown"
  }

  notification_channels = local.channels
}
