module example.test/copperleaf/lending

go 1.22
