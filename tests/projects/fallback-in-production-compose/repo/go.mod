module marlincollect.example/collections

go 1.23
