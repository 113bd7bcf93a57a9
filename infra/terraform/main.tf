# One environment. What the functions are stands in infra/generated; here is only what they stand on.

data "google_project" "this" {
  project_id = var.project
}

locals {
  number = data.google_project.this.number
  apis = toset([
    "artifactregistry", "billingbudgets", "certificatemanager", "cloudbuild", "cloudfunctions", "cloudkms",
    "cloudresourcemanager", "cloudscheduler", "cloudtasks", "compute", "dns", "fcm", "firebaserules", "firestore",
    "iam", "iamcredentials", "identitytoolkit", "logging", "monitoring", "orgpolicy", "pubsub", "run",
    "secretmanager", "storage", "sts", "telemetry",
  ])

  functions = { for name, one in var.functions : name => merge(one, { runs_as = coalesce(one.runs_as, one.trigger) }) }

  public_url   = "https://${var.domain}"
  pushes       = lookup(var.settings, "VISITA_PUSH", "off") == "fcm"
  internal_url = "https://{service}-${local.number}.${var.region}.run.app"

  settings = merge({
    GOOGLE_CLOUD_PROJECT     = var.project
    VISITA_LOCATION          = var.region
    VISITA_TRACE_URL         = "https://telemetry.googleapis.com/v1/traces"
    VISITA_PUBLIC_URL        = local.public_url
    VISITA_INTERNAL_URL      = local.internal_url
    VISITA_QUARANTINE_BUCKET = module.buckets.quarantine
    VISITA_CLEAN_BUCKET      = module.buckets.clean
    VISITA_SIGNER_ACCOUNT    = module.identities.signer
    VISITA_TENANTS           = join(",", [for tenant, name in module.sign_in.tenants : "${tenant}=${name}"])
  }, var.settings)
}

resource "google_project_service" "api" {
  for_each = local.apis

  service            = "${each.key}.googleapis.com"
  disable_on_destroy = false
}

module "keys" {
  source     = "./modules/keys"
  number     = local.number
  region     = var.region
  depends_on = [google_project_service.api]
}

module "identities" {
  source     = "./modules/identities"
  project    = var.project
  functions  = local.functions
  pushes     = local.pushes
  depends_on = [google_project_service.api]
}

module "secrets" {
  source    = "./modules/secrets"
  region    = var.region
  key       = module.keys.ids["secrets"]
  runners   = module.identities.runners
  functions = local.functions
  versions  = var.secret_versions
}

module "store" {
  source     = "./modules/store"
  project    = var.project
  region     = var.region
  key        = module.keys.ids["records"]
  protected  = var.protected
  indexes    = jsondecode(file("${path.module}/../generated/firestore.indexes.json"))
  rules      = file("${path.module}/../firestore.rules")
  depends_on = [google_project_service.api]
}

module "buckets" {
  source          = "./modules/buckets"
  project         = var.project
  number          = local.number
  region          = var.region
  key             = module.keys.ids["files"]
  quarantine_days = var.quarantine_days
  protected       = var.protected
  runners         = module.identities.runners
  signer          = module.identities.signer
  topic           = module.topics.ids["gcs-events"]
  origins         = [for one in var.authorized_domains : "https://${one}"]
}

module "queues" {
  source     = "./modules/queues"
  region     = var.region
  queues     = var.queues
  depends_on = [google_project_service.api]
}

module "topics" {
  source = "./modules/topics"
  region = var.region
  key    = module.keys.ids["messages"]
  topics = var.topics
}

# What calls functions comes after them: nothing is brought to a function that is not there yet.
module "subscriptions" {
  source         = "./modules/subscriptions"
  number         = local.number
  region         = var.region
  key            = module.keys.ids["messages"]
  topics         = module.topics.ids
  functions      = { for name, one in var.functions : name => one if one.trigger == "topic" }
  internal_url   = local.internal_url
  caller         = module.identities.callers["pubsub"]
  deliveries_max = var.deliveries_max
  depends_on     = [module.functions, module.services]
}

module "schedules" {
  source       = "./modules/schedules"
  region       = var.region
  functions    = { for name, one in var.functions : name => one if one.trigger == "schedule" }
  internal_url = local.internal_url
  caller       = module.identities.callers["scheduler"]
  depends_on   = [module.functions, module.services]
}

module "functions" {
  source = "./modules/functions"

  functions         = var.delivery == "archive" ? local.functions : {}
  project           = var.project
  region            = var.region
  runtime           = var.runtime
  bucket            = module.delivery.source_bucket
  archive           = var.archive
  repository        = module.delivery.repository_id
  builder           = module.identities.builder
  runners           = module.identities.runners
  callers           = module.identities.callers
  settings          = local.settings
  secrets           = module.secrets.given
  release           = var.release
  instances_max     = var.instances_max
  antivirus_network = var.antivirus_network
  depends_on        = [module.store, module.queues]
}

module "services" {
  source = "./modules/services"

  functions         = var.delivery == "image" ? local.functions : {}
  region            = var.region
  image             = var.image
  runners           = module.identities.runners
  callers           = module.identities.callers
  settings          = local.settings
  secrets           = module.secrets.given
  release           = var.release
  instances_max     = var.instances_max
  antivirus_network = var.antivirus_network
  depends_on        = [module.store, module.queues]

  all_users_forbidden = var.all_users_forbidden
}

module "sign_in" {
  source        = "./modules/sign_in"
  project       = var.project
  organisations = var.organisations
  domains       = var.authorized_domains
  blocking_url  = "${local.public_url}${var.functions["identity__before_sign_in"].path}"
  depends_on    = [google_project_service.api]
}

module "front" {
  source     = "./modules/front"
  region     = var.region
  domain     = var.domain
  dns_zone   = var.dns_zone
  routes     = var.routes
  depends_on = [module.functions, module.services]
}

module "sight" {
  source      = "./modules/sight"
  project     = var.project
  domain      = var.domain
  mails       = var.mails
  pagers      = var.pagers
  functions   = var.functions
  runbook_url = var.runbook_url
  depends_on  = [google_project_service.api]
}

module "logs" {
  source     = "./modules/logs"
  project    = var.project
  region     = var.region
  depends_on = [google_project_service.api]
}

# Said at every plan: a budget that nobody made is not missed until the bill.
check "somebody_hears_of_money" {
  assert {
    condition     = var.billing_account != ""
    error_message = "billing_account is empty: month_budget_eur is told to nobody."
  }
}

module "money" {
  source  = "./modules/money"
  count   = var.billing_account == "" ? 0 : 1
  account = var.billing_account
  number  = local.number
  eur     = var.month_budget_eur
  told    = module.sight.channels
}

module "delivery" {
  source        = "./modules/delivery"
  project       = var.project
  region        = var.region
  keys          = module.keys.ids
  repository    = var.repository
  environment   = var.environment
  dns_zone      = var.dns_zone
  builds_images = var.delivery == "image"
  org_policies  = var.org_policies
  depends_on    = [google_project_service.api]
}
