# Cloud Armor in front of everything. Inner functions are not behind it: they cannot be reached from outside.

resource "google_compute_region_security_policy" "this" {
  name   = "visita"
  region = var.region
  type   = "CLOUD_ARMOR"
}

locals {
  refused = {
    100 = { about = "log4j and its like", expression = "evaluatePreconfiguredWaf('cve-canary', {'sensitivity': 1})" }
    110 = { about = "attacks on the protocol", expression = "evaluatePreconfiguredWaf('protocolattack-v33-stable', {'sensitivity': 1})" }
    120 = { about = "scanners", expression = "evaluatePreconfiguredWaf('scannerdetection-v33-stable', {'sensitivity': 1})" }
    130 = { about = "methods nobody has declared", expression = "!request.method.matches('^(GET|POST|PATCH|PUT|DELETE|OPTIONS|HEAD)$')" }
  }
}

resource "google_compute_region_security_policy_rule" "refused" {
  for_each = local.refused

  region          = var.region
  security_policy = google_compute_region_security_policy.this.name
  priority        = each.key
  action          = "deny(403)"
  description     = each.value.about

  match {
    expr {
      expression = each.value.expression
    }
  }
}

# Providers call from few addresses and in bursts; their signature is what admits them.
resource "google_compute_region_security_policy_rule" "webhooks" {
  region          = var.region
  security_policy = google_compute_region_security_policy.this.name
  priority        = 200
  action          = "allow"
  description     = "webhooks are signed"

  match {
    expr {
      expression = "request.path.startsWith('/v1/webhooks/')"
    }
  }
}

resource "google_compute_region_security_policy_rule" "pace" {
  region          = var.region
  security_policy = google_compute_region_security_policy.this.name
  priority        = 1000
  action          = "throttle"
  description     = "no address alone may use us up"

  match {
    versioned_expr = "SRC_IPS_V1"

    config {
      src_ip_ranges = ["*"]
    }
  }

  rate_limit_options {
    conform_action = "allow"
    exceed_action  = "deny(429)"
    enforce_on_key = "IP"

    rate_limit_threshold {
      count        = var.requests_a_minute
      interval_sec = 60
    }
  }
}
