class BankConnection < ApplicationRecord
  belongs_to :user

  encrypts :flinks_login_id, deterministic: true

  enum :status, { pending: "pending", linked: "linked", revoked: "revoked" }
end
