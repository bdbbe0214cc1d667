module Flinks
  class Client
    BASE_URI = "https://harbour-api.flinks.io/v3".freeze

    def initialize(customer_id: ENV.fetch("FLINKS_CUSTOMER_ID"))
      @customer_id = customer_id
    end
  end
end
