module example.test/willowbank/api

go 1.23
