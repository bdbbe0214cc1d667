ALTER TABLE [dbo].[FlinksLogin] ADD [CountryCode] CHAR(2) NOT NULL CONSTRAINT [DF_FlinksLogin_Country] DEFAULT ('CA');
GO
ALTER TABLE [dbo].[FlinksLogin] WITH CHECK ADD CONSTRAINT [FK_FlinksLogin_Country]
    FOREIGN KEY ([CountryCode]) REFERENCES [dbo].[Country] ([CountryCode]);
GO
