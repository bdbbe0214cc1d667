module fernlend.example/origination

go 1.22
