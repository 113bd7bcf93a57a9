# One page to look at. Gauges are lines of what is; questions are ratios and medians over a day of what happened.

locals {
  # A log-based distribution in PromQL: its sum, its count, its buckets. A figure that is always 1 has its sum as count.
  happened = { for name in local.shown : name => "logging_googleapis_com:user_visita_${name}" }
  only     = "{monitored_resource=\"cloud_run_revision\"}[1d]"
  sums     = { for name, metric in local.happened : name => "sum(increase(${metric}_sum${local.only}))" }
  counts   = { for name, metric in local.happened : name => "sum(increase(${metric}_count${local.only}))" }
  medians  = { for name, metric in local.happened : name => "histogram_quantile(0.5, sum by (le) (increase(${metric}_bucket${local.only})))" }

  questions = [
    { title = "Minutes to fill a visit, median of a day", lines = {
      all    = local.medians["minutes_to_fill"], text = local.medians["minutes_to_fill_sms"], app = local.medians["minutes_to_fill_app"],
      clinic = local.medians["minutes_to_fill_clinic"], outside = local.medians["minutes_to_fill_outside"]
    } },
    { title = "Accept rate by step (6: that and all later)", lines = {
      for step in range(1, 7) : "step ${step}" => "${local.sums["accepted_at_step_${step}"]} / ${local.sums["asked_at_step_${step}"]}"
    } },
    { title = "Visits booked a day, by channel", lines = {
      text   = local.counts["minutes_to_fill_sms"], app = local.counts["minutes_to_fill_app"],
      clinic = local.counts["minutes_to_fill_clinic"], outside = local.counts["minutes_to_fill_outside"]
    } },
    { title = "Step of who comes and doctors asked, mean of a day", lines = {
      for name in ["winning_step", "offers_asked"] : replace(name, "_", " ") => "${local.sums[name]} / ${local.counts[name]}"
    } },
    { title = "Share of replies", lines = {
      for outcome in ["bound", "asked_back", "to_operator", "ignored"] : replace(outcome, "_", " ") => "${local.sums["replies_${outcome}"]} / ${local.sums["replies"]}"
    } },
    { title = "Text segments per booked visit", lines = {
      segments = "${local.sums["segments_of_house_visits"]} / ${local.counts["minutes_to_fill"]}"
    } },
    { title = "Euro cents of texts per booked visit", lines = {
      cents = "${local.sums["cents_of_house_visits"]} / ${local.counts["minutes_to_fill"]}"
    } },
    { title = "Euro cents of texts a day, by who writes", lines = {
      for module in ["house_visits", "certificates", "referrals", "chat"] : replace(module, "_", " ") => local.sums["cents_of_${module}"]
    } },
    { title = "Text segments a day, by who writes", lines = merge({ all = local.sums["segments"] }, {
      for module in ["house_visits", "certificates", "referrals", "chat"] : replace(module, "_", " ") => local.sums["segments_of_${module}"]
    }) },
  ]

  # Said every minute, or every five, by each module's report_figures, and by platform__report_metrics.
  said_again_and_again = distinct(concat(keys(local.gauges), [for name in local.shown : name if endswith(name, "_wait_for_person")]))

  tiles = concat(
    [
      { title = "Requests by class of answer", filter = "metric.type=\"run.googleapis.com/request_count\" AND resource.type=\"cloud_run_revision\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["metric.label.response_code_class"] },
      { title = "p99 of answers, ms", filter = "metric.type=\"run.googleapis.com/request_latencies\" AND resource.type=\"cloud_run_revision\"", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = ["resource.label.service_name"] },
      { title = "Instances", filter = "metric.type=\"run.googleapis.com/container/instance_count\" AND resource.type=\"cloud_run_revision\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = ["metric.label.state"] },
      { title = "Tasks that wait, by queue", filter = "metric.type=\"cloudtasks.googleapis.com/queue/depth\" AND resource.type=\"cloud_tasks_queue\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = ["resource.label.queue_id"] },
      { title = "Documents written", filter = "metric.type=\"firestore.googleapis.com/document/write_ops_count\" AND resource.type=\"firestore.googleapis.com/Database\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = [] },
    ],
    [for name in local.said_again_and_again : {
      title = replace(name, "_", " "), filter = "metric.type=\"logging.googleapis.com/user/visita/${name}\" AND resource.type=\"cloud_run_revision\"", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = []
    }],
  )

  widgets = concat(
    [for one in local.questions : {
      title = one.title
      xyChart = {
        dataSets = [for name, query in one.lines : {
          plotType        = "LINE"
          legendTemplate  = name
          timeSeriesQuery = { prometheusQuery = query }
        }]
      }
    }],
    [for one in local.tiles : {
      title = one.title
      xyChart = {
        dataSets = [{
          plotType = "LINE"
          timeSeriesQuery = {
            timeSeriesFilter = {
              filter = one.filter
              aggregation = {
                alignmentPeriod    = "300s"
                perSeriesAligner   = one.aligner
                crossSeriesReducer = one.reducer
                groupByFields      = one.by
              }
            }
          }
        }]
      }
    }],
  )
}

resource "google_monitoring_dashboard" "this" {
  dashboard_json = jsonencode({
    displayName = "Visita"
    mosaicLayout = {
      columns = 12
      tiles = [for number, widget in local.widgets : {
        xPos   = (number % 2) * 6
        yPos   = floor(number / 2) * 4
        width  = 6
        height = 4
        widget = widget
      }]
    }
  })
}
