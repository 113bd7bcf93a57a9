# What we promise and whether it holds: objectives, how quickly their budget burns, and one page to look at.

locals {
  channels = [for one in google_monitoring_notification_channel.mail : one.id]
  pages    = concat(local.channels, var.pagers)

  # What the load balancer answers: a filter that names each public service would be 5 KB long.
  outside = "resource.type=\"http_external_regional_lb_rule\" AND resource.labels.url_map_name=\"visita\""

  # Figures of the program that wake nobody; tests/infra/terraform hold them equal to those that it says.
  shown = [
    "visits_wait_for_person", "certificates_wait_for_person", "referrals_wait_for_person",
    "minutes_to_fill", "minutes_to_fill_sms", "minutes_to_fill_app", "minutes_to_fill_clinic", "minutes_to_fill_outside",
    "winning_step", "offers_asked",
    "asked_at_step_1", "asked_at_step_2", "asked_at_step_3", "asked_at_step_4", "asked_at_step_5", "asked_at_step_6",
    "accepted_at_step_1", "accepted_at_step_2", "accepted_at_step_3", "accepted_at_step_4", "accepted_at_step_5", "accepted_at_step_6",
    "replies", "replies_bound", "replies_asked_back", "replies_to_operator", "replies_ignored",
    "segments", "segments_of_house_visits", "segments_of_certificates", "segments_of_referrals", "segments_of_chat",
    "cents_of_house_visits", "cents_of_certificates", "cents_of_referrals", "cents_of_chat",
  ]

  objectives = {
    answers = { goal = 0.999, about = "Requests from outside that are answered without an error of ours" }
    quick   = { goal = 0.99, about = "Requests from outside that are answered within a second" }
  }

  # How many times quicker than allowed the budget of 28 days is spent: over a long window and still in a short one.
  burns = {
    fast = { times = 14.4, long = "3600s", short = "300s", page = true, about = "2 % of the month's budget in an hour" }
    slow = { times = 6, long = "21600s", short = "1800s", page = true, about = "5 % of the month's budget in six hours" }
    long = { times = 1, long = "259200s", short = "21600s", page = false, about = "10 % of the month's budget in three days" }
  }
  alarms = { for pair in setproduct(keys(local.objectives), keys(local.burns)) : join("-", pair) => { objective = pair[0], burn = pair[1] } }
}

resource "google_monitoring_custom_service" "api" {
  service_id   = "visita"
  display_name = "Visita"
}

resource "google_monitoring_slo" "answers" {
  service             = google_monitoring_custom_service.api.service_id
  slo_id              = "answers"
  display_name        = local.objectives.answers.about
  goal                = local.objectives.answers.goal
  rolling_period_days = 28

  request_based_sli {
    good_total_ratio {
      total_service_filter = "metric.type=\"loadbalancing.googleapis.com/https/external/regional/request_count\" AND ${local.outside}"
      bad_service_filter   = "metric.type=\"loadbalancing.googleapis.com/https/external/regional/request_count\" AND metric.labels.response_code_class=500 AND ${local.outside}"
    }
  }
}

resource "google_monitoring_slo" "quick" {
  service             = google_monitoring_custom_service.api.service_id
  slo_id              = "quick"
  display_name        = local.objectives.quick.about
  goal                = local.objectives.quick.goal
  rolling_period_days = 28

  request_based_sli {
    distribution_cut {
      distribution_filter = "metric.type=\"loadbalancing.googleapis.com/https/external/regional/total_latencies\" AND ${local.outside}"

      range {
        max = 1000
      }
    }
  }
}

resource "google_monitoring_alert_policy" "burn" {
  for_each = local.alarms

  display_name = "burn-${each.key}"
  combiner     = "AND"
  severity     = local.burns[each.value.burn].page ? "CRITICAL" : "WARNING"

  dynamic "conditions" {
    for_each = [local.burns[each.value.burn].long, local.burns[each.value.burn].short]

    content {
      display_name = "${local.burns[each.value.burn].about} (${conditions.value})"

      condition_threshold {
        filter          = "select_slo_burn_rate(\"${each.value.objective == "answers" ? google_monitoring_slo.answers.name : google_monitoring_slo.quick.name}\", \"${conditions.value}\")"
        comparison      = "COMPARISON_GT"
        threshold_value = local.burns[each.value.burn].times
        duration        = "0s"
      }
    }
  }

  documentation {
    subject   = local.objectives[each.value.objective].about
    content   = "${local.burns[each.value.burn].about}. ${var.runbook_url}#an-objective-burns"
    mime_type = "text/markdown"
  }

  notification_channels = local.burns[each.value.burn].page ? local.pages : local.channels
}

resource "google_monitoring_uptime_check_config" "health" {
  display_name = "health"
  timeout      = "10s"
  period       = "60s"

  http_check {
    path         = "/v1/health"
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }

  content_matchers {
    content = "\"status\":\"ok\""
    matcher = "CONTAINS_STRING"
  }

  monitored_resource {
    type   = "uptime_url"
    labels = { project_id = var.project, host = var.domain }
  }
}

resource "google_monitoring_alert_policy" "down" {
  display_name = "down"
  combiner     = "OR"
  severity     = "CRITICAL"

  conditions {
    display_name = "Nobody reaches /v1/health"

    condition_threshold {
      filter          = "resource.type=\"uptime_url\" AND metric.type=\"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id=\"${google_monitoring_uptime_check_config.health.uptime_check_id}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 1
      duration        = "120s"

      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_COUNT_FALSE"
      }
    }
  }

  documentation {
    subject   = "Visita is down"
    content   = "${var.runbook_url}#it-is-down"
    mime_type = "text/markdown"
  }

  notification_channels = local.pages
}

output "channels" {
  value = local.channels
}
