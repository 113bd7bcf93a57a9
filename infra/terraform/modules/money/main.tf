# Who hears when a month becomes dear. Google stops nothing by itself.

variable "account" {
  description = "The billing account."
  type        = string
}

variable "number" {
  description = "The project's number: Google's own agents are named by it."
  type        = string
}

variable "eur" {
  description = "What a month may cost."
  type        = number
}

variable "told" {
  description = "Notification channels."
  type        = list(string)
}

resource "google_billing_budget" "month" {
  billing_account = var.account
  display_name    = "Visita, a month"

  budget_filter {
    projects               = ["projects/${var.number}"]
    calendar_period        = "MONTH"
    credit_types_treatment = "INCLUDE_ALL_CREDITS"
  }

  amount {
    specified_amount {
      currency_code = "EUR"
      units         = tostring(var.eur)
    }
  }

  dynamic "threshold_rules" {
    for_each = [0.5, 0.8, 1.0]

    content {
      threshold_percent = threshold_rules.value
    }
  }

  threshold_rules {
    threshold_percent = 1.2
    spend_basis       = "FORECASTED_SPEND"
  }

  all_updates_rule {
    monitoring_notification_channels = var.told
    disable_default_iam_recipients   = false
  }
}
