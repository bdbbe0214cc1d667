func score(person: String) {
    var request = URLRequest(url: URL(string: "https://api.score.example/v2/people")!)
    request.setValue(scoreKey, forHTTPHeaderField: "x-api-key")
}

func accounts() {
    var request = URLRequest(url: URL(string: "https://northwind-ca-api.private.fin.ag/v3/accounts")!)
    request.setValue(session.token, forHTTPHeaderField: "Authorization")
}
