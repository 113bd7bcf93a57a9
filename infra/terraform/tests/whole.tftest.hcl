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
}

run "archive" {
  command = plan

  assert {
    condition     = toset(output.public_invokers) == toset([for one in var.functions : one.service if one.public])
    error_message = "Everybody may reach other functions than those declared public."
  }
}

run "image" {
  command = plan

  variables {
    delivery = "image"
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

run "files_are_scanned_or_somebody_says_that_they_are_not" {
  command = plan

  variables {
    settings = {}
  }

  expect_failures = [var.settings]
}
