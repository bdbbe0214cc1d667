class BankConnection < ApplicationRecord
  belongs_to :flinks_instance

  encrypts :flinks_login_id, deterministic: true

  enum :status, { pending: "pending", linked: "linked", revoked: "revoked" }
end
