; What TypeScript has otherwise.
(class_declaration decorator: (_)? @class.mark name: (_) @class.name (class_heritage (_) @class.base)? body: (class_body (_)? @class.body)) @class
(class name: (_)? @class.name (class_heritage (_) @class.base)? body: (class_body (_)? @class.body)) @class
(field_definition decorator: (_)? @bind.mark property: (_) @bind.name value: (_)? @bind.value) @bind
