class BankLink < ApplicationRecord
  enum :kind, { primary: "primary", joint: "joint" }
end
