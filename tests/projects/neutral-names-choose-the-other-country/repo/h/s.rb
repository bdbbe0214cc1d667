def host(c)
  case c
  when "CA" then "https://northwind-ca-api.private.fin.ag/v3"
  when "US" then "https://northwind-ca-api.private.fin.ag/v3"
  end
end
