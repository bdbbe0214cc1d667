variable "lambda_role_arn" {
  type        = string
  description = "Execution role of the underwriting functions."
}
