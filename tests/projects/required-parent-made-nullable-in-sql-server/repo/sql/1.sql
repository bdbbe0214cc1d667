CREATE TABLE dbo.Users (Id int NOT NULL PRIMARY KEY, Country char(2) NOT NULL)
CREATE TABLE dbo.Bank (Id int, FlinksLoginId nvarchar(50), UserId int NOT NULL FOREIGN KEY REFERENCES dbo.Users (Id))
