module northwind.example/tools

go 1.22
