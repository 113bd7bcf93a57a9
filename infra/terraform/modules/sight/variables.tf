variable "project" {
  description = "The Google Cloud project."
  type        = string
}

variable "domain" {
  description = "The host name of the API."
  type        = string
}

variable "mails" {
  description = "Who hears of alerts."
  type        = list(string)
}

variable "pagers" {
  description = "Channels that also hear of what is CRITICAL."
  type        = list(string)
}

variable "functions" {
  description = "By entry point; schedules are missed by their timetable."
  type        = map(object({ service = string, trigger = string, cron = string }))
}

variable "runbook_url" {
  description = "Where docs/runbook.md can be read."
  type        = string
}
