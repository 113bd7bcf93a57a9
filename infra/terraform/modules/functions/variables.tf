variable "functions" {
  description = "By entry point: infra/generated/functions.auto.tfvars.json."
  type = map(object({
    service         = string
    summary         = string
    trigger         = string
    runs_as         = string
    scans           = bool
    public          = bool
    invoker         = string
    memory_mb       = number
    timeout_seconds = number
    min_instances   = number
    concurrency     = number
  }))
}

variable "project" {
  description = "The Google Cloud project."
  type        = string
}

variable "region" {
  description = "Where it lies."
  type        = string
}

variable "runtime" {
  description = "What Cloud Functions builds with."
  type        = string
}

variable "bucket" {
  description = "Where the archive lies."
  type        = string
}

variable "archive" {
  description = "The object; its name holds its hash, so another archive is another deployment."
  type        = string
}

variable "repository" {
  description = "Where the images that are built go."
  type        = string
}

variable "builder" {
  description = "The account that builds."
  type        = string
}

variable "runners" {
  description = "E-mail of the account to run as, by its kind."
  type        = map(string)
}

variable "callers" {
  description = "E-mail of the account that may call, by invoker."
  type        = map(string)
}

variable "settings" {
  description = "Environment variables."
  type        = map(string)
}

variable "secrets" {
  description = "By entry point: secret and version."
  type        = map(map(string))
}

variable "antivirus_network" {
  description = "From where functions that scan reach the scanner; null: by its public address."
  type        = object({ network = string, subnetwork = string })
}

variable "release" {
  description = "The commit that is deployed."
  type        = string
}

variable "instances_max" {
  description = "At most so many instances of one function."
  type        = number
}
