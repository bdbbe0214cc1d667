import urllib.request

FLINKS = "https://northwind-ca-api.private.fin.ag/v3"


def score(person):
    request = urllib.request.Request("https://api.score.example/v2/people/" + person)
    request.add_header("x-api-key", "Hd4Kc81WnQz6Tp0JrVb5sXm2LyGf9A3e")
    return urllib.request.urlopen(request)
