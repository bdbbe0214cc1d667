; What JavaScript does not have.

; Types say nothing, and are passed by.
[(type_annotation) (type_arguments) (type_parameters) (interface_declaration) (type_alias_declaration) (implements_clause)] @skip
(as_expression (_) @inner.value) @inner
(satisfies_expression (_) @inner.value) @inner
(non_null_expression (_) @inner.value) @inner

(abstract_class_declaration decorator: (_)? @class.mark name: (_) @class.name (class_heritage (extends_clause value: (_) @class.base))? body: (class_body (_)? @class.body)) @class
(class_declaration decorator: (_)? @class.mark name: (_) @class.name (class_heritage (extends_clause value: (_) @class.base))? body: (class_body (_)? @class.body)) @class
(class decorator: (_)? @class.mark name: (_)? @class.name (class_heritage (extends_clause value: (_) @class.base))? body: (class_body (_)? @class.body)) @class
(public_field_definition decorator: (_)? @bind.mark name: (_) @bind.name type: (_)? @bind.type value: (_)? @bind.value) @bind
(required_parameter decorator: (_)? @parameter.mark pattern: (_) @parameter.name type: (_)? @parameter.type value: (_)? @parameter.value) @parameter
(optional_parameter decorator: (_)? @parameter.mark pattern: (_) @parameter.name type: (_)? @parameter.type value: (_)? @parameter.value) @parameter
(enum_declaration name: (_) @class.name body: (enum_body (_)? @class.body)) @class
(enum_assignment name: (_) @bind.name value: (_) @bind.value) @bind
