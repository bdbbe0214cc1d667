class AuthorizeNet
  def initialize(api_login_id)
    Rails.logger.info "authorize.net as #{api_login_id}"
  end
end
