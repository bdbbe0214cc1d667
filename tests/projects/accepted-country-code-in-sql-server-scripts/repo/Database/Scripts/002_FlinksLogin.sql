CREATE TABLE [dbo].[FlinksLogin] (
    [FlinksLoginKey] INT IDENTITY(1, 1) NOT NULL,
    [ClientKey]      INT                NOT NULL,
    [LoginId]        UNIQUEIDENTIFIER   NOT NULL,
    [RequestId]      UNIQUEIDENTIFIER   NULL,
    [CreatedUtc]     DATETIME2          NOT NULL CONSTRAINT [DF_FlinksLogin_Created] DEFAULT (SYSUTCDATETIME()),
    CONSTRAINT [PK_FlinksLogin] PRIMARY KEY CLUSTERED ([FlinksLoginKey])
);
GO
