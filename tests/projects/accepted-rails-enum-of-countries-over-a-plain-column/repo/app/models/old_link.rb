class OldLink < ApplicationRecord
  enum territory: %i[ca us]
end
