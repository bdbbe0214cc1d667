CREATE UNIQUE NONCLUSTERED INDEX [UX_FlinksLogin_LoginId] ON [dbo].[FlinksLogin] ([LoginId]);
GO
