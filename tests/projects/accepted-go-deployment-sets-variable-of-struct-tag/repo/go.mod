module example.com/northwind/payments

go 1.25
