class BankLink < ApplicationRecord
  self.table_name = "bank_links"
end
