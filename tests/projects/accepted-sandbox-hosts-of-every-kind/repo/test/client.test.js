const url = "https://harbour-api.private.fin.ag/v3";
