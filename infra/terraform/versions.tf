terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 8.7.0, < 9.0.0" # infra/checks/terraform.py knows the schema of 8.7.0
    }
  }

  # The bucket and the prefix are said at `init` (infra/deploy.sh): one state for each environment.
  backend "gcs" {}
}

provider "google" {
  project = var.project
  region  = var.region

  # Budgets and Identity Platform ask whose quota they use.
  billing_project       = var.project
  user_project_override = true
}
