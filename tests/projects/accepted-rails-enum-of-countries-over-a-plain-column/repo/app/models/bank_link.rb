class BankLink < ApplicationRecord
  enum :territory, { ca: "CA", us: "US" }
end
