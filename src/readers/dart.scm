; Dart: which nodes are what, as `code/query.rs` reads it.

; Constants; strings that stand side by side are one.
(string_literal . (_) @inner.value .) @inner
(string_literal (_) @join.part) @join
(string_literal_single_quotes [(template_chars_single_single) "\""]? @text.part (escape_sequence)? @text.escape (template_substitution (_) @text.hole)?) @text
(string_literal_double_quotes [(template_chars_double_single) "'"]? @text.part (escape_sequence)? @text.escape (template_substitution (_) @text.hole)?) @text
(string_literal_single_quotes_multiple (template_chars_single)? @text.part (escape_sequence)? @text.escape (template_substitution (_) @text.hole)?) @text
(string_literal_double_quotes_multiple (template_chars_double)? @text.part (escape_sequence)? @text.escape (template_substitution (_) @text.hole)?) @text
[(raw_string_literal_single_quotes) (raw_string_literal_double_quotes) (raw_string_literal_single_quotes_multiple) (raw_string_literal_double_quotes_multiple)] @text
[(decimal_integer_literal) (hex_integer_literal) (decimal_floating_point_literal) (true) (false) (null_literal)] @word
(symbol_literal) @word

; Names
[(identifier) (identifier_dollar_escaped) (type_identifier) (void_type) "this" "super"] @name
(member_expression object: _ @member.object property: (_) @member.name) @member
(null_aware_member_expression object: _ @member.object property: (_) @member.name) @member
(assignable_expression object: _ @member.object property: (_) @member.name) @member
(assignable_expression object: _ @index.object index: (_) @index.key) @index
(index_expression object: _ @index.object index: (_) @index.key) @index
(null_aware_index_expression object: _ @index.object index: (_) @index.key) @index
(constructor_tearoff (type_identifier) @inner.value) @inner
(qualified_name . (_) @member.object (_) @member.name .) @member
(constant_pattern . (_) @inner.value .) @inner
(constant_pattern . (identifier) @member.object (identifier) @member.name .) @member
(type . (type_identifier) @inner.value .) @inner
(type . (type_identifier) @member.object (type_identifier) @member.name .) @member
(type (type_identifier) @inner.value) @inner
(type) @skip

; Types say nothing, and are passed by; so do labels and the parts of imports.
[(type_arguments) (type_parameters) (type_test) (type_cast) (type_alias) (library_name) (label) (combinator) (relational_operator) (redirection)] @skip
(type_cast_expression . (_) @inner.value) @inner
(type_test_expression . (_) @inner.value) @inner
(null_assertion_expression value: (_) @inner.value) @inner
(parenthesized_expression (_) @inner.value) @inner
(await_expression (_) @inner.value) @inner
(instantiation_expression function: (_) @inner.value) @inner
(spread_element value: (_) @inner.value) @inner

; Calls
(call_expression function: _ @call.callee arguments: (arguments (_)? @call.argument)) @call
(const_object_expression type: (_) @call.object constructor: (_) @call.name arguments: (arguments (_)? @call.argument)) @call
(const_object_expression type: (_) @call.callee arguments: (arguments (_)? @call.argument)) @call
(new_expression type: (_) @call.object constructor: (_) @call.name arguments: (arguments (_)? @call.argument)) @call
(new_expression type: (_) @call.callee arguments: (arguments (_)? @call.argument)) @call
(constructor_invocation type: (_) @call.object constructor: (_) @call.name arguments: (arguments (_)? @call.argument)) @call
(constructor_invocation type: (_) @call.callee arguments: (arguments (_)? @call.argument)) @call
(static_member_shorthand (identifier) @call.callee (arguments (_)? @call.argument)) @call
(named_argument (label (_) @argument.name) (_) @argument.value .) @argument
(arguments . (_) @inner.value .) @inner
(arguments (_)? @items.item) @items
(annotation name: (_) @call.callee (annotation_arguments (_)? @call.argument)) @call
(annotation_open_paren) @skip

; `client..host = a..connect()`
(cascade (_) @group.item) @group
(cascade_section . (_) @bind.name "=" (_) @bind.value .) @bind
(cascade_selector . (identifier) @inner.value .) @inner
(cascade_call_expression property: (_) @call.callee arguments: (arguments (_)? @call.argument)) @call
(cascade_call_expression function: (_) @call.callee arguments: (arguments (_)? @call.argument)) @call
(cascade_member_expression object: (_) @member.object property: (_) @member.name) @member
(cascade_index_expression object: (_) @index.object index: (_) @index.key) @index

; Maps and lists
(list_literal (_)? @items.item) @items
(set_or_map_literal (_)? @items.item) @items
(record_literal (_)? @items.item) @items
(record_field (label (_) @argument.name) (_) @argument.value .) @argument
(map_element key: (_) @pair.key value: (_) @pair.value) @pair
(null_aware_map_element key: (_) @pair.key value: (_) @pair.value) @pair
[(record_pattern (_)? @items.item) (list_pattern (_)? @items.item)] @items
(variable_pattern name: (_) @inner.value) @inner

; Operators
(additive_expression . (_) @join.part operator: (_) @join.sign (_) @join.part . (#eq? @join.sign "+")) @join
(if_null_expression . (_) @either.left (_) @either.right .) @either
(logical_or_expression . (_) @either.left (_) @either.right .) @either
(logical_and_expression . (_) @both.left (_) @both.right .) @both
(equality_expression . (_) @equal.left operator: (_) @equal.sign (_) @equal.right . (#eq? @equal.sign "==")) @equal
(equality_expression . (_) @unequal.left (_) @unequal.right .) @unequal
(unary_expression operator: (negation_operator) (_) @not.value .) @not
(unary_expression operator: (prefix_operator)) @word

; Choices
(conditional_expression . (_) @choice.test consequence: (_) @choice.then alternative: (_) @choice.else) @choice
(if_statement condition: (_) @choice.test guard: (_)? @choice.test consequence: (_) @choice.then alternative: (_)? @choice.else) @choice
(if_element condition: (_) @choice.test guard: (_)? @choice.test consequence: (_) @choice.then alternative: (_)? @choice.else) @choice
(switch_statement condition: (_) @switch.subject body: (switch_block [(switch_statement_case) (switch_statement_default)]? @switch.case)) @switch
(switch_statement_case [(constant_pattern) (list_pattern) (record_pattern) (object_pattern) (map_pattern) (variable_pattern)]? @case.value guard: (_)? @case.test (_statement)? @case.body) @case
(switch_statement_default (_statement)? @case.body) @case
(switch_expression condition: (_) @switch.subject body: (switch_expression_case) @switch.case) @switch
(switch_expression_case [(constant_pattern) (list_pattern) (record_pattern) (object_pattern) (map_pattern) (variable_pattern)]? @case.value guard: (_)? @case.test (_) @case.body .) @case
(object_pattern (type) @inner.value) @inner
(return_statement (_)? @return.value) @return
(throw_expression value: (_) @return.value) @return
(rethrow_statement) @return
[(break_statement) (continue_statement)] @skip
(block (_)? @group.item) @group
(for_statement init: (_)? @group.item value: (_)? @group.item body: (_) @group.item) @group
(for_element value: (_)? @group.item body: (_) @group.item) @group
(try_statement [(block) (finally_clause)]? @group.item) @group

; Names that are set
(top_level_variable_declaration (annotation)? @bind.mark (type)? @bind.type [(static_final_declaration_list (static_final_declaration name: (_) @bind.one value: (_)? @bind.value)) (initialized_identifier_list (initialized_identifier name: (_) @bind.one value: (_)? @bind.value))]) @bind
(declaration (type)? @bind.type [(static_final_declaration_list (static_final_declaration name: (_) @bind.one value: (_)? @bind.value)) (initialized_identifier_list (initialized_identifier name: (_) @bind.one value: (_)? @bind.value))]) @bind
(initialized_variable_declaration (type)? @bind.type name: (_) @bind.one value: (_)? @bind.value (initialized_identifier name: (_) @bind.one value: (_)? @bind.value)?) @bind
(local_variable_declaration (annotation)? @marked.mark [(initialized_variable_declaration) (pattern_variable_declaration)] @marked.value) @marked
(pattern_variable_declaration . (_) @bind.name (_) @bind.value .) @bind
(assignment_expression left: (_) @append.name operator: "+=" right: (_) @append.value) @append
(assignment_expression left: (_) @bind.name operator: ["=" "??="] right: (_) @bind.value) @bind
(field_initializer name: (_) @bind.name value: (_) @bind.value) @bind

; Functions; `=> x` gives it back, a block does not.
(function_declaration (annotation)? @function.mark signature: (function_signature name: (_) @function.name parameters: (_) @function.parameter) body: (function_body (_)? @function.value)) @function
(local_function_declaration (annotation)? @function.mark (function_signature name: (_) @function.name parameters: (_) @function.parameter) (function_body (_)? @function.value)) @function
(method_declaration (annotation)? @function.mark signature: (method_signature [(function_signature name: (_) @function.name parameters: (_) @function.parameter) (setter_signature name: (_) @function.name parameters: (_) @function.parameter) (getter_signature name: (_) @function.name) (operator_signature)]) body: (function_body (_)? @function.value)) @function
(method_declaration (annotation)? @function.mark signature: (method_signature [(constructor_signature name: (identifier) @function.name parameters: (_) @function.parameter) (factory_constructor_signature name: (identifier) @function.name parameters: (_) @function.parameter)] (initializers)? @function.body) body: (function_body (_)? @function.value)) @function
(declaration [(redirecting_factory_constructor_signature name: (identifier) @function.name parameters: (_) @function.parameter) (constructor_signature name: (identifier) @function.name parameters: (_) @function.parameter) (constant_constructor_signature name: (identifier) @function.name parameters: (_) @function.parameter)] [(initializers) (redirection)]? @function.body) @function
(function_signature name: (_) @function.name parameters: (_) @function.parameter) @function
(getter_signature name: (_) @function.name) @function
(function_expression parameters: (_) @function.parameter body: (function_expression_body (_) @function.value)) @function
(formal_parameter_list (_)? @several.item) @several
(optional_formal_parameters (annotation)? @several.marking (formal_parameter) @several.item default_value: (_)? @several.default) @several
(formal_parameter (annotation)? @parameter.mark (type)? @parameter.type name: (_) @parameter.name) @parameter
(formal_parameter (annotation)? @parameter.mark [(field_formal_parameter name: (_) @parameter.name) (super_formal_parameter name: (_) @parameter.name)]) @parameter

; Classes
(class_declaration (annotation)? @class.mark name: (_) @class.name superclass: (superclass type: (_)? @class.base (mixins (type) @class.base)?)? interfaces: (interfaces (type) @class.base)? body: (class_body (_)? @class.body)) @class
(mixin_declaration (annotation)? @class.mark name: (_) @class.name (type)? @class.base body: (class_body (_)? @class.body)) @class
(extension_declaration class: (type) @class.name body: (extension_body (_)? @class.body)) @class
(extension_type_declaration name: (_) @class.name body: (class_body (_)? @class.body)) @class
(enum_declaration (annotation)? @class.mark name: (_) @class.name body: (enum_body (_)? @class.body)) @class
(enum_entry (annotation)? @bind.mark name: (_) @bind.name (arguments)? @bind.value) @bind
(member_declaration (annotation) @marked.mark [(declaration) (method_declaration)] @marked.value) @marked
(member_declaration (_) @several.item) @several

; Modules
(import_specification uri: (_) @import.from (combinator "show" (identifier) @import.name)) @import
(import_specification uri: (_) @import.from alias: (_) @import.all) @import
(import_specification uri: (_) @import.module) @import
(library_export uri: (_) @import.module) @import
(part_directive uri: (_) @import.module) @import
(part_of_directive (uri) @import.module) @import
(part_of_directive) @skip
