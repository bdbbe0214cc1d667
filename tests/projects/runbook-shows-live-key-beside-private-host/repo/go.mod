module northwind.example/connect
