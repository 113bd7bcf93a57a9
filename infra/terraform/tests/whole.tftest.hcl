# Planned with a provider that knows schemas and can do nothing. infra/checks/terraform.py reads the plans.

mock_provider "google" {
  override_during = plan

  mock_data "google_project" {
    defaults = { number = "123456789012" }
  }
}

variables {
  archive         = "source-0123456789abcdef.zip"
  image           = "europe-central2-docker.pkg.dev/visita-staging/visita/visita@sha256:0123456789abcdef"
  billing_account = "012345-6789AB-CDEF01"
  repository      = "visita/visita"
  dns_zone        = "visita"
  org_policies    = true
  pagers          = ["projects/visita-staging/notificationChannels/1"]

  antivirus_network = { network = "scanner", subnetwork = "scanner" }
}

run "archive" {
  command = plan

  variables {
    delivery = "archive"
  }

  assert {
    condition     = toset(output.public_invokers) == toset([for one in var.functions : one.service if one.public])
    error_message = "Everybody may reach other functions than those declared public."
  }
}

run "image" {
  command = plan

  variables {
    delivery = "image"
    settings = { VISITA_ANTIVIRUS = "off", VISITA_PUSH = "fcm" }
  }

  assert {
    condition     = toset(output.public_invokers) == toset([for one in var.functions : one.service if one.public])
    error_message = "Everybody may reach other functions than those declared public."
  }
}

run "nobody_is_named_where_that_is_forbidden" {
  command = plan

  plan_options {
    target = [module.functions, module.services]
  }

  variables {
    delivery            = "image"
    all_users_forbidden = true
  }

  assert {
    condition     = toset(output.public_invokers) == toset([for one in var.functions : one.service if one.public])
    error_message = "Everybody may reach other functions than those declared public."
  }
}

run "london_is_not_in_the_eu" {
  command = plan

  variables {
    region = "europe-west2"
  }

  expect_failures = [var.region]
}

run "a_secret_that_nobody_asks_for_is_a_mistake" {
  command = plan

  variables {
    secret_versions = {
      VISITA_SEAL_KEYS      = "1"
      TWILIO_AUTH_TOKEN     = "1"
      CLINIC_WEBHOOK_SECRET = "1"
      CUSTOMER_API_KEY      = "1"
      SMTP_PASSWORD         = "1"
      VISITA_GEOCODR_KEY    = "1"
    }
  }

  expect_failures = [var.secret_versions]
}

run "functions_do_not_start_without_their_secrets" {
  command = plan

  variables {
    secret_versions = { VISITA_SEAL_KEYS = "1", SMTP_PASSWORD = "1" }
  }

  expect_failures = [var.secret_versions]
}

run "files_are_scanned_or_somebody_says_that_they_are_not" {
  command = plan

  variables {
    settings = {}
  }

  expect_failures = [var.settings]
}

run "no_mail_leaves_by_port_25" {
  command = plan

  variables {
    settings = { VISITA_ANTIVIRUS = "off", SMTP_HOST = "smtp.customer.example" }
  }

  expect_failures = [var.settings]
}

run "an_account_for_mail_has_its_password" {
  command = plan

  variables {
    secret_versions = {
      VISITA_SEAL_KEYS      = "1"
      TWILIO_AUTH_TOKEN     = "1"
      CLINIC_WEBHOOK_SECRET = "1"
      CUSTOMER_API_KEY      = "1"
    }
  }

  expect_failures = [var.secret_versions]
}

run "a_scanner_that_nothing_reaches_is_a_mistake" {
  command = plan

  variables {
    settings          = { VISITA_ANTIVIRUS = "clamd://clamav.internal:3310" }
    antivirus_network = null
  }

  expect_failures = [var.settings]
}

run "so_is_one_at_a_private_address" {
  command = plan

  variables {
    settings          = { VISITA_ANTIVIRUS = "clamd://10.1.2.3:3310" }
    antivirus_network = null
  }

  expect_failures = [var.settings]
}
