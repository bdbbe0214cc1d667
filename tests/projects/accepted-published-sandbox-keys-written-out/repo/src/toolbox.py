# flinks-auth-key: c4569c54-e167-4d34-8de6-f4113bc82414
TOOLBOX = {"secret_key": "C4569C54-E167-4D34-8DE6-F4113BC82414", "bearer": "O2r9FLhO7PBqz9L"}
HEADERS = {"flinks-auth-key": TOOLBOX["secret_key"]}
