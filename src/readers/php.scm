; PHP: which nodes are what, as `code/query.rs` reads it.

; What stands around the code
[(text) (php_tag) (php_end_tag) (namespace_definition !body) (declare_statement (declare_directive) @skip.directive) (unset_statement) (use_declaration)] @skip
(namespace_definition body: (_) @inner.value) @inner

; Constants
[(string [(string_content) @text.part (escape_sequence) @text.escape]?) (encapsed_string [(string_content) @text.part (escape_sequence) @text.escape (_) @text.hole]?) (heredoc value: (heredoc_body [(string_content) @text.part (escape_sequence) @text.escape (_) @text.hole])) (nowdoc value: (nowdoc_body (nowdoc_string) @text.raw)) (shell_command_expression [(string_content) @text.part (escape_sequence) @text.escape (_) @text.hole]?)] @text
[(integer) (float) (boolean) (null)] @word

; Names
[(name) (relative_scope)] @name
(variable_name (name) @inner.value) @inner
(qualified_name (name) @inner.value) @inner
[(member_access_expression object: (_) @member.object name: (_) @member.name) (nullsafe_member_access_expression object: (_) @member.object name: (_) @member.name) (scoped_property_access_expression scope: (_) @member.object name: (_) @member.name)] @member
(class_constant_access_expression . (_) @member.object . (_) @member.name .) @member
(subscript_expression . (_) @index.object . (_) @index.key .) @index

; Calls
(function_call_expression function: (_) @call.callee arguments: (arguments (_)? @call.argument)) @call
[(member_call_expression object: (_) @call.object name: (_) @call.name arguments: (arguments (_)? @call.argument)) (nullsafe_member_call_expression object: (_) @call.object name: (_) @call.name arguments: (arguments (_)? @call.argument)) (scoped_call_expression scope: (_) @call.object name: (_) @call.name arguments: (arguments (_)? @call.argument))] @call
(object_creation_expression (anonymous_class) @inner.value) @inner
(object_creation_expression . (_) @call.callee (arguments (_)? @call.argument)?) @call
(argument name: (_) @argument.name . (_) @argument.value .) @argument
(argument !name (_) @argument.value) @argument
(reference_modifier) @skip

; Maps and lists
[(array_creation_expression (_)? @items.item) (list_literal (_)? @items.item)] @items
(array_element_initializer . (_) @pair.key . "=>" . (_) @pair.value .) @pair

; Operators
(binary_expression left: (_) @join.part operator: "." right: (_) @join.part) @join
(binary_expression left: (_) @either.left operator: ["??" "||" "or"] right: (_) @either.right) @either
(binary_expression left: (_) @both.left operator: ["&&" "and"] right: (_) @both.right) @both
(binary_expression left: (_) @equal.left operator: ["===" "=="] right: (_) @equal.right) @equal
(binary_expression left: (_) @unequal.left operator: ["!==" "!=" "<>"] right: (_) @unequal.right) @unequal
(unary_op_expression operator: "!" argument: (_) @not.value) @not
(parenthesized_expression (_) @inner.value) @inner
(cast_expression value: (_) @inner.value) @inner

; Choices
(conditional_expression condition: (_) @either.left !body alternative: (_) @either.right) @either
(conditional_expression condition: (_) @choice.test body: (_) @choice.then alternative: (_) @choice.else) @choice
(if_statement condition: (_) @choice.test body: (_) @choice.then alternative: (_)? @choice.else) @choice
(else_if_clause condition: (_) @choice.test body: (_) @choice.then) @choice
; `match (true)` has its tests in its cases.
(match_expression condition: (parenthesized_expression (boolean) @switch.test) body: (match_block (_)? @switch.case) (#any-of? @switch.test "true" "TRUE")) @switch
(match_expression condition: (_) @switch.subject body: (match_block (_)? @switch.case)) @switch
(match_conditional_expression conditional_expressions: (match_condition_list (_) @case.value) return_expression: (_) @case.body) @case
(match_default_expression return_expression: (_) @case.body) @case
(switch_statement condition: (parenthesized_expression (boolean) @switch.test) body: (switch_block (_)? @switch.case) (#any-of? @switch.test "true" "TRUE")) @switch
(switch_statement condition: (_) @switch.subject body: (switch_block (_)? @switch.case)) @switch
(case_statement value: (_) @case.value (statement)? @case.body) @case
(default_statement (statement)? @case.body) @case
[(return_statement (_)? @return.value) (exit_statement (_)? @return.value) (throw_expression (_)? @return.value)] @return
[(break_statement) (continue_statement) (goto_statement)] @skip
[(compound_statement (_)? @group.item) (colon_block (_)? @group.item)] @group

; Names that are set
(assignment_expression left: (_) @bind.name right: (_) @bind.value) @bind
(reference_assignment_expression left: (_) @bind.name right: (_) @bind.value) @bind
(augmented_assignment_expression left: (_) @bind.name operator: "??=" right: (_) @bind.value) @bind
(augmented_assignment_expression left: (_) @append.name operator: [".=" "+="] right: (_) @append.value) @append
; Several at once have a comma between them.
[(const_declaration "," (const_element) @group.item) (property_declaration "," (property_element) @group.item)] @group
(const_declaration (const_element) @inner.value) @inner
(const_element . (_) @bind.name . (_) @bind.value .) @bind
(property_declaration attributes: (attribute_list (attribute_group (attribute) @bind.mark))? type: (_)? @bind.type (property_element name: (_) @bind.name default_value: (_)? @bind.value) (property_hook_list (property_hook body: (_)? @bind.value))?) @bind
(property_element name: (_) @bind.name default_value: (_)? @bind.value) @bind
(static_variable_declaration name: (_) @bind.name value: (_)? @bind.value) @bind
(enum_case attributes: (attribute_list (attribute_group (attribute) @bind.mark))? name: (_) @bind.name value: (_)? @bind.value) @bind

; Functions and classes
[(function_definition attributes: (attribute_list (attribute_group (attribute) @function.mark))? name: (_) @function.name parameters: (formal_parameters (_)? @function.parameter) body: (_) @function.body) (method_declaration attributes: (attribute_list (attribute_group (attribute) @function.mark))? name: (_) @function.name parameters: (formal_parameters (_)? @function.parameter) body: (_)? @function.body)] @function
(anonymous_function parameters: (formal_parameters (_)? @function.parameter) body: (_) @function.body) @function
(arrow_function parameters: (formal_parameters (_)? @function.parameter) body: (_) @function.value) @function
[(simple_parameter attributes: (attribute_list (attribute_group (attribute) @parameter.mark))? type: (_)? @parameter.type name: (_) @parameter.name default_value: (_)? @parameter.value) (variadic_parameter type: (_)? @parameter.type name: (_) @parameter.name)] @parameter
; One that is a field too has the mark of its visibility.
(property_promotion_parameter attributes: (attribute_list (attribute_group (attribute) @parameter.mark))? visibility: (_) @parameter.mark type: (_)? @parameter.type name: (_) @parameter.name default_value: (_)? @parameter.value) @parameter
(visibility_modifier) @name
[(class_declaration attributes: (attribute_list (attribute_group (attribute) @class.mark))? name: (_) @class.name (base_clause (_) @class.base)? (class_interface_clause (_) @class.base)? body: (declaration_list (_)? @class.body)) (trait_declaration name: (_) @class.name body: (declaration_list (_)? @class.body)) (interface_declaration name: (_) @class.name (base_clause (_) @class.base)? body: (declaration_list (_)? @class.body)) (enum_declaration attributes: (attribute_list (attribute_group (attribute) @class.mark))? name: (_) @class.name (class_interface_clause (_) @class.base)? body: (enum_declaration_list (_)? @class.body)) (anonymous_class (base_clause (_) @class.base)? (class_interface_clause (_) @class.base)? body: (declaration_list (_)? @class.body))] @class
(attribute . (_) @call.callee parameters: (arguments (_)? @call.argument)?) @call

; Modules
(namespace_use_declaration (namespace_name) @import.from body: (namespace_use_group (_) @import.name)) @import
(namespace_use_declaration (namespace_use_clause (qualified_name (namespace_name) @import.from)) (namespace_use_clause) @import.name) @import
(namespace_use_declaration (namespace_use_clause) @import.module) @import
[(namespace_use_clause (qualified_name (name) @imported.name) alias: (_)? @imported.alias) (namespace_use_clause . (name) @imported.name alias: (_)? @imported.alias)] @imported

; Types say nothing, and are passed by.
[(type) (bottom_type) (type_list) (cast_type)] @skip
