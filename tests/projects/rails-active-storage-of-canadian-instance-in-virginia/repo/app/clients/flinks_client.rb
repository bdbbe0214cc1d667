class FlinksClient
  BASE_URL = "https://northwind-ca-api.private.fin.ag/v3"

  def statements(login_id)
    connection.get("/BankingServices/GetStatements", loginId: login_id)
  end
end
