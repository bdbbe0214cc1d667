class FlinksLogin < ApplicationRecord
  encrypts :login_id, deterministic: true
  has_many :accounts, foreign_key: :flinks_login_id
  after_create_commit { Rails.logger.info("FlinksLogin #{id} created for #{country}") }
end
class Account < ApplicationRecord
  belongs_to :flinks_login
  def log = Rails.logger.info("account #{id} of login #{flinks_login_id}")
end
