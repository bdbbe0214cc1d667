; Swift: which nodes are what, as `code/query.rs` reads it.

; Constants
(line_string_literal text: (line_str_text)? @text.part text: (str_escaped_char)? @text.escape interpolation: (interpolated_expression value: (_) @text.hole)?) @text
(multi_line_string_literal text: ["\"" (multi_line_str_text)]? @text.part text: (str_escaped_char)? @text.escape interpolation: (interpolated_expression value: (_) @text.hole)?) @text
(raw_string_literal text: (_) @text.raw interpolation: (raw_str_interpolation interpolation: (interpolated_expression value: (_) @text.hole))) @text
(raw_string_literal) @text
[(integer_literal) (real_literal) (boolean_literal) (regex_literal) (bin_literal) (hex_literal) (nil_literal)] @word

; Names. `.ca` is a member of what is not said.
[(simple_identifier) (type_identifier) (self_expression) (super_expression) (wildcard_pattern)] @name
(prefix_expression operation: "." target: (simple_identifier) @member.name) @member
(prefix_expression operation: "." target: (_) @inner.value) @inner
(navigation_expression target: (_) @member.object suffix: (navigation_suffix suffix: (_) @member.name)) @member
(user_type . (type_identifier) @inner.value) @inner

; Types say nothing, and are passed by.
[(type_annotation) (type_arguments) (type_parameters) (type_constraints) (typealias_declaration) (associatedtype_declaration) (throws_clause) (throws) (as_operator) (try_operator) (value_binding_pattern) (operator_declaration) (precedence_group_declaration) (capture_list) (where_keyword) (default_keyword) (bang) (lambda_function_type)] @skip
(as_expression expr: (_) @inner.value) @inner
(check_expression target: (_) @inner.value) @inner

; Calls, and what is taken of a map: `hosts["ca"]`
(call_expression . (_) @call.callee (call_suffix (value_arguments "[" (value_argument name: (_)) (_)? @call.argument))) @call
(call_expression . (_) @index.object (call_suffix (value_arguments "[" (value_argument value: (_) @index.key)))) @index
(call_expression . (_) @call.callee (call_suffix (value_arguments (_)? @call.argument)? (lambda_literal)? @call.block)) @call
(constructor_expression constructed_type: (_) @call.callee (constructor_suffix (value_arguments (_)? @call.argument)? (lambda_literal)? @call.block)) @call
(macro_invocation . (simple_identifier) @call.callee (call_suffix (value_arguments (_)? @call.argument)? (lambda_literal)? @call.block)) @call
(value_argument name: (_)? @argument.name value: (_) @argument.value) @argument

; Maps and lists
(dictionary_literal key: (_)? @map.key value: (_)? @map.value) @map
(array_literal element: (_)? @items.item) @items
(tuple_expression . (_) @inner.value .) @inner
(tuple_expression value: (_)? @items.item) @items

; Operators. The grammar reads `a == b && c` as `a == (b && c)`.
(additive_expression lhs: (_) @infix.left op: _ @infix.sign rhs: (_) @infix.right) @infix
(equality_expression lhs: (_) @infix.left op: _ @infix.sign rhs: (_) @infix.right) @infix
(comparison_expression lhs: (_) @infix.left op: _ @infix.sign rhs: (_) @infix.right) @infix
(infix_expression lhs: (_) @infix.left op: (_) @infix.sign rhs: (_) @infix.right) @infix
(conjunction_expression lhs: (_) @infix.left op: _ @infix.sign rhs: (_) @infix.right) @infix
(disjunction_expression lhs: (_) @infix.left op: _ @infix.sign rhs: (_) @infix.right) @infix
(nil_coalescing_expression value: (_) @infix.left "??" @infix.sign if_nil: (_) @infix.right) @infix
(prefix_expression operation: (bang) target: (_) @not.value) @not
(prefix_expression operation: "-") @word
(prefix_expression target: (_) @inner.value) @inner
(postfix_expression target: (_) @inner.value) @inner
(await_expression expr: (_) @inner.value) @inner
(try_expression expr: (_) @inner.value) @inner

; Choices
(ternary_expression condition: (_) @choice.test if_true: (_) @choice.then if_false: (_) @choice.else) @choice
(if_statement bound_identifier: (_)? @choice.test condition: "case"? @choice.case condition: "="? @choice.bound condition: (_)? @choice.test (statements)? @choice.branch (else)? @choice.turn (if_statement)? @choice.branch) @choice
(guard_statement bound_identifier: (_)? @unless.test condition: "case"? @unless.case condition: "="? @unless.bound condition: (_)? @unless.test (statements)? @unless.then) @unless
(while_statement condition: (_)? @group.item (statements)? @group.item) @group
(switch_statement expr: (_) @switch.subject (switch_entry)? @switch.case) @switch
(switch_entry (switch_pattern (_) @case.value)? (where_keyword) [(simple_identifier) (equality_expression) (comparison_expression) (infix_expression) (conjunction_expression) (disjunction_expression) (prefix_expression) (call_expression) (navigation_expression) (tuple_expression)] @case.test (statements (_) @case.body)?) @case
(switch_entry (switch_pattern (_) @case.value)? (statements (_) @case.body)?) @case
(pattern bound_identifier: (_) @inner.value) @inner
(pattern . (pattern) (pattern)? @items.item) @items
(pattern . (_) @inner.value) @inner
(control_transfer_statement "return" result: (_)? @return.value) @return
(control_transfer_statement (throw_keyword) (_) @return.value .) @return
[(control_transfer_statement) (else)] @skip
(statements (_)? @group.item) @group
(catch_block (statements (_)? @group.item)?) @group
(for_statement collection: (_) @group.item (where_clause)? @group.item (statements)? @group.item) @group

; `#if DEBUG`
(directive "#if" "||" (_) @when.any) @when
(directive "#if" "&&" (_) @when.test) @when
(directive "#if" "!" (_) @when.not .) @when
(directive "#if" (_)? @when.test) @when
(directive "#elseif" "||" (_) @orwhen.any) @orwhen
(directive "#elseif" "&&" (_) @orwhen.test) @orwhen
(directive "#elseif" "!" (_) @orwhen.not .) @orwhen
(directive "#elseif" (_)? @orwhen.test) @orwhen
(directive "#else") @otherwise
(directive "#endif") @end
(directive) @skip

; Names that are set
(property_declaration (modifiers (attribute) @function.mark)? name: (pattern bound_identifier: (_) @function.name) computed_value: (_) @function.body) @function
(property_declaration (modifiers (attribute) @bind.mark)? name: (pattern) @bind.one (type_annotation)? @bind.type value: (_)? @bind.value) @bind
(protocol_property_declaration name: (pattern) @bind.name (type_annotation)? @bind.type) @bind
(assignment target: (_) @append.name operator: "+=" result: (_) @append.value) @append
(assignment target: (_) @bind.name result: (_) @bind.value) @bind
(attribute . (user_type) @inner.value .) @inner
(attribute . (user_type) @call.callee ":"? @call.named (_) @call.argument) @call

; Functions
(function_declaration (modifiers (attribute) @function.mark)? name: (simple_identifier) @function.name (parameter)? @function.parameter default_value: (_)? @function.default body: (_) @function.body) @function
(protocol_function_declaration name: (simple_identifier) @function.name (parameter)? @function.parameter) @function
(init_declaration name: _ @function.name (parameter)? @function.parameter default_value: (_)? @function.default body: (_) @function.body) @function
(subscript_declaration (parameter)? @function.parameter (computed_property) @function.body) @function
(parameter name: (simple_identifier) @parameter.name [(user_type) (optional_type) (array_type) (dictionary_type) (function_type) (tuple_type) (existential_type) (opaque_type) (protocol_composition_type) (metatype)]? @parameter.type) @parameter
(lambda_literal type: (lambda_function_type (lambda_function_type_parameters (_)? @function.parameter))? (statements)? @function.body) @function
(lambda_parameter name: (simple_identifier) @parameter.name [(user_type) (optional_type) (array_type) (dictionary_type)]? @parameter.type) @parameter
[(getter_specifier) (setter_specifier)] @skip

; Classes, structs, enums, extensions
(class_declaration (modifiers (attribute) @class.mark)? name: (_) @class.name (inheritance_specifier inherits_from: (_) @class.base)? body: [(class_body (_)? @class.body) (enum_class_body (_)? @class.body)]) @class
(protocol_declaration name: (_) @class.name (inheritance_specifier inherits_from: (_) @class.base)? body: (protocol_body (_)? @class.body)) @class
(enum_entry name: (_) @bind.one raw_value: (_)? @bind.value) @bind

; Modules
(import_declaration (identifier) @import.module) @import
