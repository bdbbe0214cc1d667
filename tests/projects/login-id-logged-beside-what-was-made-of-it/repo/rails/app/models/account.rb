class Account < ApplicationRecord
  def log = Rails.logger.info("account #{id} of login #{flinks_login_id}")
end
