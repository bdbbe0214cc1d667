resource "aws_cloudfront_response_headers_policy" "csp" {
  name = "csp"
  security_headers_config {
    content_security_policy {
      content_security_policy = "frame-src https://*.private.fin.ag https://toolbox-iframe.private.fin.ag"
      override                = true
    }
  }
}
