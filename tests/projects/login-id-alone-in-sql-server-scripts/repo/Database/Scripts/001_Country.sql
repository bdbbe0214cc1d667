SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[Country] (
    [CountryCode] CHAR(2)       NOT NULL PRIMARY KEY,
    [Name]        NVARCHAR(60)  NOT NULL
);
GO
INSERT INTO [dbo].[Country] ([CountryCode], [Name]) VALUES ('CA', N'Canada'), ('US', N'United States');
GO
