; Go: which nodes are what, as `code/query.rs` reads it.

; Constants
(interpreted_string_literal (interpreted_string_literal_content)? @text.part (escape_sequence)? @text.escape) @text
(raw_string_literal (raw_string_literal_content) @text.raw) @text
(raw_string_literal) @text
(rune_literal) @text
[(int_literal) (float_literal) (imaginary_literal) (true) (false) (nil) (iota)] @word

; Names
[(identifier) (field_identifier) (type_identifier) (package_identifier) (blank_identifier)] @name
(selector_expression operand: (_) @member.object field: (_) @member.name) @member
(qualified_type package: (_) @member.object name: (_) @member.name) @member
(index_expression operand: (_) @index.object index: (_) @index.key) @index

; Types say nothing, and are passed by; `Set[string]{}` is `Set`.
[(map_type) (slice_type) (array_type) (channel_type) (function_type) (pointer_type) (parenthesized_type) (type_arguments) (type_parameter_list) (label_name) (package_clause)] @skip
(generic_type type: (_) @inner.value) @inner
(type_instantiation_expression type: (_) @inner.value) @inner
(type_assertion_expression operand: (_) @inner.value) @inner
(type_conversion_expression operand: (_) @inner.value) @inner

; Calls
(call_expression function: (identifier) @return.callee (#eq? @return.callee "panic")) @return
(call_expression function: (_) @call.callee arguments: (argument_list (_)? @call.argument)) @call

; Maps, lists, and structs that are made: calls with keywords. Only a map has keys that are no plain names.
(composite_literal type: (map_type) body: (literal_value (_)? @map.item)) @map
(composite_literal type: [(slice_type) (array_type) (implicit_length_array_type)] body: (literal_value (_)? @items.item)) @items
(composite_literal body: (literal_value (keyed_element key: (literal_element [(interpreted_string_literal) (raw_string_literal) (selector_expression)])) (_)? @map.item)) @map
(composite_literal type: (_) @call.callee body: (literal_value (_)? @call.argument)) @call
(literal_value (_)? @items.item) @items
(keyed_element key: (_) @pair.key value: (_) @pair.value) @pair

; Operators
(binary_expression left: (_) @join.part operator: "+" right: (_) @join.part) @join
(binary_expression left: (_) @either.left operator: "||" right: (_) @either.right) @either
(binary_expression left: (_) @both.left operator: "&&" right: (_) @both.right) @both
(binary_expression left: (_) @equal.left operator: "==" right: (_) @equal.right) @equal
(binary_expression left: (_) @unequal.left operator: "!=" right: (_) @unequal.right) @unequal
(unary_expression operator: "!" operand: (_) @not.value) @not
(unary_expression operator: ["&" "*"] operand: (_) @inner.value) @inner
(slice_expression operand: (_) @inner.value) @inner
(parenthesized_expression (_) @inner.value) @inner

; Choices
(if_statement initializer: (_)? @choice.before condition: (_) @choice.test consequence: (_) @choice.then alternative: (_)? @choice.else) @choice
(expression_switch_statement initializer: (_)? @switch.before value: (_)? @switch.subject [(expression_case) (default_case)]? @switch.case) @switch
(expression_case value: (expression_list (_) @case.value) (statement_list (_) @case.body)?) @case
(default_case (statement_list (_) @case.body)?) @case
(type_case (statement_list (_) @group.item)?) @group
(return_statement (expression_list (_) @return.value)?) @return
(block (statement_list (_) @group.item)?) @group

; Names that are set
(const_spec name: (identifier) @bind.name type: (_)? @bind.type value: (expression_list (_) @bind.value)?) @bind
(var_spec name: (identifier) @bind.name type: (_)? @bind.type value: (expression_list (_) @bind.value)?) @bind
(short_var_declaration left: (expression_list (_) @bind.name) right: (expression_list (_) @bind.value)) @bind
(assignment_statement left: (expression_list (_) @bind.name) operator: "=" right: (expression_list (_) @bind.value)) @bind
(assignment_statement left: (expression_list (_) @append.name) operator: "+=" right: (expression_list (_) @append.value)) @append
(receive_statement left: (expression_list (_) @bind.name) right: (_) @bind.value) @bind
(range_clause right: (_) @inner.value) @inner

; Functions
(function_declaration name: (_) @function.name parameters: (parameter_list (_)? @function.parameter) body: (_)? @function.body) @function
(method_declaration receiver: (parameter_list (parameter_declaration type: [(type_identifier) @function.of (pointer_type (type_identifier) @function.of) (generic_type type: (_) @function.of) (pointer_type (generic_type type: (_) @function.of))]) @function.parameter) name: (_) @function.name parameters: (parameter_list (_)? @function.parameter) body: (_)? @function.body) @function
(func_literal parameters: (parameter_list (_)? @function.parameter) body: (_) @function.body) @function
(method_elem name: (_) @function.name parameters: (parameter_list (_)? @function.parameter)) @function
[(parameter_declaration !name) (variadic_parameter_declaration !name)] @skip
(parameter_declaration name: (_) @parameter.name type: (_) @parameter.type) @parameter
(variadic_parameter_declaration name: (_) @parameter.name type: (_) @parameter.type) @parameter

; Structs: what is embedded is a base, a tag is a mark; a struct within a struct is the value of its field.
(type_spec name: (_) @class.name type: (struct_type (field_declaration_list (field_declaration !name)? @class.base (field_declaration name: (_))? @class.body))) @class
(type_spec name: (_) @class.name type: (interface_type (type_elem)? @class.base (method_elem)? @class.body)) @class
[(type_spec) (type_alias)] @skip
(struct_type (field_declaration_list (field_declaration !name)? @class.base (field_declaration name: (_))? @class.body)) @class
(interface_type) @skip
(field_declaration name: (_) @bind.name type: [(struct_type) @bind.value (pointer_type (struct_type) @bind.value) (slice_type element: (struct_type) @bind.value)] tag: (_)? @bind.mark) @bind
(field_declaration name: (_) @bind.name type: (_) @bind.type tag: (_)? @bind.mark) @bind
(field_declaration !name type: (_) @inner.value) @inner

; Modules
(import_declaration (import_spec)? @import.module (import_spec_list (import_spec)? @import.module)?) @import
(import_spec name: (_)? @imported.alias path: (_) @imported.name) @imported
