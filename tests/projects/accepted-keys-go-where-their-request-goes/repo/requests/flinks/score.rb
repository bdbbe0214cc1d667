FLINKS = "https://northwind-ca-api.private.fin.ag/v3"

def score(person)
  uri = URI("https://api.score.example/v2/people")
  request = Net::HTTP::Get.new(uri)
  request["x-api-key"] = "Hd4Kc81WnQz6Tp0JrVb5sXm2LyGf9A3e"
  send_to(uri, request)
end
