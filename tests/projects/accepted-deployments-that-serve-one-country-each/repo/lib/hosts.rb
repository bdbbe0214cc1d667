module Flinks
  HOSTS = {
    ca: "https://harbour-ca-api.private.fin.ag/v3",
    us: "https://harbour-us-api.private.fin.ag/v3",
  }.freeze
end
